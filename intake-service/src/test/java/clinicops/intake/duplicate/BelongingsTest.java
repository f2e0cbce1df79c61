package clinicops.intake.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

class BelongingsTest {
    @Test
    void nothingThatNamesAPatientIsForgottenInAMerging() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Document.class));

        var naming = scanner.findCandidateComponents("clinicops.intake").stream()
                .map(found -> type(Objects.requireNonNull(found.getBeanClassName())))
                .filter(BelongingsTest::namesAPatient)
                .map(type -> type.getAnnotation(Document.class).value());

        assertThat(naming).containsExactlyInAnyOrderElementsOf(Belongings.COLLECTIONS);
    }

    private static boolean namesAPatient(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("patientId") && !field.isAnnotationPresent(Id.class));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
