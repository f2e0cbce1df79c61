package clinicops.billing.fee;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All versions of the charge rules and of the fee schedule; the day of service decides which ones apply. */
@Component
public class ChargeBook {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<ChargeRules> rules;
    private final List<FeeSchedule> fees;

    public ChargeBook() {
        this(
                read("/billing/charge-rules.json", new TypeReference<List<ChargeRules>>() {}),
                read("/billing/fee-schedules.json", new TypeReference<List<FeeSchedule>>() {}));
    }

    ChargeBook(List<ChargeRules> rules, List<FeeSchedule> fees) {
        this.rules = rules;
        this.fees = fees;
    }

    /** The charges of a session on that day of service; empty when no rule knows its drug or route on that day. */
    public List<ChargeLine> charges(Treatment treatment, LocalDate day) {
        return priced(day, (r, f) -> r.charges(treatment, f));
    }

    /** What one session is expected to cost; empty when no rule knows the drug or route on that day. */
    public List<ChargeLine> expected(String drug, String route, LocalDate day) {
        return priced(day, (r, f) -> r.expected(drug, route, f));
    }

    private List<ChargeLine> priced(LocalDate day, BiFunction<ChargeRules, FeeSchedule, List<ChargeLine>> how) {
        Optional<ChargeRules> rule = on(day, rules, ChargeRules::effectiveFrom);
        Optional<FeeSchedule> fee = on(day, fees, FeeSchedule::effectiveFrom);
        return rule.isEmpty() || fee.isEmpty() ? List.of() : how.apply(rule.get(), fee.get());
    }

    private static <T> Optional<T> on(LocalDate day, List<T> versions, Function<T, LocalDate> from) {
        return versions.stream().filter(v -> !from.apply(v).isAfter(day)).max(Comparator.comparing(from));
    }

    private static <T> T read(String resource, TypeReference<T> type) {
        try (InputStream in = ChargeBook.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return JSON.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
