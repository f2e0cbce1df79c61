package clinicops.notification.delivery;

import clinicops.notification.notice.Notice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.dao.DuplicateKeyException;

/**
 * At most so many text messages of one topic on one day of the patient's. A place is taken before the message is sent, by
 * inserting a row whose id names patient, topic, day and place: two copies of the service can't take the same one.
 */
class SmsQuota {

    private final SmsPlaces places;
    private final int limit;

    SmsQuota(SmsPlaces places, int limit) {
        this.places = places;
        this.limit = limit;
    }

    /** Whether the notice has a place on that day; asking again for the same notice gives it the same one. */
    boolean take(Notice notice, Instant now, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(now, zone);
        for (int place = 0; place < limit; place++) {
            String id = "%s|%s|%s|%d"
                    .formatted(notice.patientId(), notice.template().topic().code(), day, place);
            try {
                places.insert(new SmsPlace(id, notice.id()));
                return true;
            } catch (DuplicateKeyException taken) {
                if (places.at(id).filter(p -> p.noticeId().equals(notice.id())).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The notice was not sent after all. */
    void giveBack(Notice notice) {
        places.giveBack(notice.id());
    }
}
