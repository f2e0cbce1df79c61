package clinicops.scheduling.home;

import clinicops.scheduling.protocol.Approved;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The content of home-tablets.json.
 *
 * @param strengthsMg milligrams in a tablet
 * @param tabletsMost in one prescription
 * @param mgMost in one prescription, all tablets together
 * @param directions codes of how they are taken
 * @param pdmpDaysMost how old the prescription-monitoring query may be
 * @param leftMost how many tablets may be left of the one before
 * @param inPersonVisitFrom first day on which nobody prescribes without having seen the patient in person
 * @param checkInDays until when after the prescription the patient is called
 * @param blockers rules of the readiness verdict that stop a prescription too
 */
record HomeTerms(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        String drug,
        String route,
        List<BigDecimal> strengthsMg,
        int tabletsMost,
        BigDecimal mgMost,
        List<String> directions,
        int pdmpDaysMost,
        int leftMost,
        LocalDate inPersonVisitFrom,
        int checkInDays,
        Set<String> blockers)
        implements Approved {}
