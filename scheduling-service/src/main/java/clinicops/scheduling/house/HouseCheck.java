package clinicops.scheduling.house;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What somebody found of one item on one day. Each look is kept; the day's last one counts.
 *
 * @param item code of house-terms.json
 * @param ok ready for use
 * @param remark what is wrong; null when it is ready
 */
@Document("house_checks")
record HouseCheck(
        @Id String id,
        LocalDate day,
        String item,
        boolean ok,
        @Nullable String remark,
        String by,
        Instant at) {}
