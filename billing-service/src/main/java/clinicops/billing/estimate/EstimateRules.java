package clinicops.billing.estimate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The No Surprises Act's rules of a good-faith estimate. The numbers are data: {@code billing/good-faith-estimate.json}.
 *
 * @param dueWithinBusinessDaysOnRequest business days to deliver it, on request or when the visit is far
 * @param soonVisitUpToBusinessDays a visit within so many business days is near
 * @param dueWithinBusinessDaysWhenSoon business days to deliver it when the visit is near
 * @param validMonths how long one estimate covers a recurring course
 * @param disputableFromCents billed so much above the estimate, the patient can dispute the bill
 * @param drug drug that an estimate assumes while there is no plan
 * @param defaultRoute route that an estimate assumes while there is no plan
 */
record EstimateRules(
        String id,
        String version,
        String source,
        String approver,
        LocalDate effectiveFrom,
        int dueWithinBusinessDaysOnRequest,
        int soonVisitUpToBusinessDays,
        int dueWithinBusinessDaysWhenSoon,
        int validMonths,
        long disputableFromCents,
        String drug,
        String defaultRoute) {

    static EstimateRules read() {
        try (InputStream in = EstimateRules.class.getResourceAsStream("/billing/good-faith-estimate.json")) {
            if (in == null) {
                throw new IllegalStateException("good-faith-estimate.json is not on the class path");
            }
            return JsonMapper.builder().build().readValue(in, EstimateRules.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The last day to deliver an estimate.
     *
     * @param visitOn first visit; null when the patient asks without one
     */
    LocalDate dueOn(LocalDate requestedOn, @Nullable LocalDate visitOn) {
        boolean soon = visitOn != null && !visitOn.isAfter(plusBusinessDays(requestedOn, soonVisitUpToBusinessDays));
        return plusBusinessDays(requestedOn, soon ? dueWithinBusinessDaysWhenSoon : dueWithinBusinessDaysOnRequest);
    }

    /** Monday to Friday count. Public holidays count too, so a due date may be early, never late. */
    static LocalDate plusBusinessDays(LocalDate from, int days) {
        LocalDate day = from;
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return day;
    }

    String name() {
        return id + " " + version;
    }
}
