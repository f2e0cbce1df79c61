package clinicops.billing.reason;

import clinicops.chassis.RuleViolation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The claim adjustment reason codes (CARC) that the clinic knows, with their names. Data: {@code billing/reason-codes.json}. */
@Component
public class ReasonCodes {

    record CodeList(
            String id, String version, String source, String approver, LocalDate effectiveFrom, List<Code> codes) {}

    record Code(String code, String name) {}

    private final Map<String, String> names;

    public ReasonCodes() {
        try (InputStream in = ReasonCodes.class.getResourceAsStream("/billing/reason-codes.json")) {
            if (in == null) {
                throw new IllegalStateException("reason-codes.json is not on the class path");
            }
            names = JsonMapper.builder().build().readValue(in, CodeList.class).codes().stream()
                    .collect(Collectors.toUnmodifiableMap(Code::code, Code::name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a code means; the code itself when it is unknown. */
    public String name(String code) {
        return names.getOrDefault(code, code);
    }

    public boolean knows(String code) {
        return names.containsKey(code);
    }

    /** @throws RuleViolation {@code reason-code-known}, naming the field */
    public void require(String code, String field) {
        if (!knows(code)) {
            throw new RuleViolation("reason-code-known", "no claim adjustment reason code (CARC) " + code)
                    .withField(field);
        }
    }
}
