package clinicops.scheduling.rems;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Whether the clinic is certified as a setting of the programme. There is one.
 *
 * @param number as the programme gave it
 * @param certifiedUntil the last day; null without an end
 */
@Document("rems_setting")
record RemsSetting(
        @Id String id,
        @Version long version,
        String number,
        LocalDate certifiedFrom,
        @Nullable LocalDate certifiedUntil) {
    static final String CLINIC = "clinic";

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(certifiedFrom) && (certifiedUntil == null || !day.isAfter(certifiedUntil));
    }
}
