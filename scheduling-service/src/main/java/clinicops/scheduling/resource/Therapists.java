package clinicops.scheduling.resource;

/** Therapists of the clinic, and patients' own. */
interface Therapists extends MeansKept<Therapist> {
    boolean existsByUsernameAndIdNot(String username, String id);
}
