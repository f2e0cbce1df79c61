package clinicops.intake.patient;

import java.util.List;

/**
 * The raw answers to one instrument, kept as given so that a corrected instrument can score them again.
 *
 * @param answers in the order of the instrument's items; an item that was skipped is empty text
 */
public record InstrumentAnswers(String instrument, String version, List<String> answers) {}
