package clinicops.intake.patientdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinicops.chassis.RuleViolation;
import clinicops.intake.patient.PatientEvent.LinkFinished;
import clinicops.intake.patient.PatientEvent.LinkRequested;
import clinicops.intake.patient.PatientEvent.LinkRevoked;
import clinicops.intake.rulebook.RuleBook;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatientLinkLifeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final LinkTerms TERMS = new RuleBook().read("patient-links", LinkTerms.class);

    private final PatientLink paperwork = PatientLink.toPaperwork("link-1", "ana", TERMS, "fred", NOW);
    private final PatientLink questions = PatientLink.toAssessment("link-2", "ana", "phq-9", "a-1", TERMS, "nora", NOW);

    @Test
    void aLinkForQuestionsIsShorterLivedThanOneForPaperwork() {
        assertThat(paperwork.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(14)));
        assertThat(questions.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(3)));
        assertThat(questions.requested())
                .containsExactly(
                        new LinkRequested("ana", "link-2", "assessment", "a-1", NOW, NOW.plus(Duration.ofDays(3))));
    }

    @Test
    void isOpenedOnceFinishedOnceAndLookedAtAfterwards() {
        assertThat(paperwork.statusAt(NOW)).isEqualTo(PatientLink.Status.OPEN);
        assertThat(paperwork.open(NOW)).isTrue();
        assertThat(paperwork.open(NOW.plusSeconds(60))).isFalse();
        assertThat(paperwork.openedAt()).isEqualTo(NOW);
        assertThat(paperwork.statusAt(NOW)).isEqualTo(PatientLink.Status.OPENED);

        assertThat(paperwork.finish(NOW)).containsExactly(new LinkFinished("ana", "link-1", "paperwork", NOW));
        assertThat(paperwork.statusAt(NOW.plus(Duration.ofDays(20)))).isEqualTo(PatientLink.Status.FINISHED);
        assertThat(paperwork.open(NOW)).isFalse();
        refusesAsOver(() -> paperwork.finish(NOW));
        refusesAsOver(() -> paperwork.revoke("fred", NOW, null));
        refusesAsOver(() -> paperwork.requireOpen(NOW));
    }

    @Test
    void opensNothingOnceItsTimeIsOver() {
        Instant end = questions.expiresAt();
        questions.requireOpen(end.minusMillis(1));
        assertThat(questions.statusAt(end)).isEqualTo(PatientLink.Status.EXPIRED);
        refusesAsOver(() -> questions.requireOpen(end));
        refusesAsOver(() -> questions.open(end));
        refusesAsOver(() -> questions.finish(end));
        refusesAsOver(() -> questions.revoke("fred", end, null));
    }

    @Test
    void opensNothingOnceItIsTakenBack() {
        assertThat(questions.revoke("fred", NOW, "wrong address"))
                .containsExactly(new LinkRevoked("ana", "link-2", NOW));
        assertThat(questions.statusAt(NOW)).isEqualTo(PatientLink.Status.REVOKED);
        refusesAsOver(() -> questions.open(NOW));
        refusesAsOver(() -> questions.requireOpen(NOW));
        refusesAsOver(() -> questions.revoke("fred", NOW, null));
    }

    @Test
    void aNewerLinkTakesThePlaceOfOneForTheSameOnly() {
        assertThat(questions.isFor(LinkPurpose.ASSESSMENT, "phq-9")).isTrue();
        assertThat(questions.isFor(LinkPurpose.ASSESSMENT, "gad-7")).isFalse();
        assertThat(questions.isFor(LinkPurpose.PAPERWORK, null)).isFalse();
        assertThat(paperwork.isFor(LinkPurpose.PAPERWORK, null)).isTrue();
    }

    private static void refusesAsOver(Runnable what) {
        assertThatExceptionOfType(RuleViolation.class)
                .isThrownBy(what::run)
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("link-over"));
    }
}
