package clinicops.staffweb.token;

import java.util.List;
import org.springframework.data.repository.Repository;

/** The signing keys, in staff-web's own database, so that every copy signs with the same ones. */
interface SigningKeyStore extends Repository<SigningKey, String> {
    List<SigningKey> findAllByOrderByCreatedAtDescKidDesc();

    SigningKey save(SigningKey key);

    void delete(SigningKey key);
}
