package clinicops.notification.delivery;

import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** The text messages that were not sent, by notice. */
interface SandboxRecordings extends Repository<SandboxRecording, String> {

    SandboxRecording save(SandboxRecording recording);

    @Query("{ '_id': ?0 }")
    Optional<SandboxRecording> ofNotice(String noticeId);
}
