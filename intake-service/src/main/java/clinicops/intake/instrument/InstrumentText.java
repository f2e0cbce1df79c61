package clinicops.intake.instrument;

/** A text in the clinic's two languages: English and Spanish. */
public record InstrumentText(String en, String es) {}
