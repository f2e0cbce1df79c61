package clinicops.chassis.tiny.jar;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

@Document("jars")
record Jar(
        @Id String id,
        @Version @Nullable Long version,
        String label,
        Colour colour,
        int size,
        BigDecimal price,
        LocalDate bestBefore,
        Instant filledAt) {
    enum Colour {
        CLEAR,
        BROWN
    }
}
