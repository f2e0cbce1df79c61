package clinicops.cli.demo;

/** What the demo has seen happen; its numbers end up in the report. */
final class Tally {
    int referrals;
    int cleared;
    int needsReview;
    int excluded;
    int highRisk;
    int courses;
    int sessionsCompleted;
    int claims;
    int claimsPaid;
    int claimsDenied;
    int claimsAnsweredByFhir;
    int authorizationsAnsweredByFhir;
}
