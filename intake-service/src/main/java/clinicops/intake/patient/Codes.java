package clinicops.intake.patient;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How this package's enums are written outside Java. */
final class Codes {
    private Codes() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> Optional<E> find(E[] constants, String code) {
        return Arrays.stream(constants).filter(c -> of(c).equals(code)).findFirst();
    }
}
