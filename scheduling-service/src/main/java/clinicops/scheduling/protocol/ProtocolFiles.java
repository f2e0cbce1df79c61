package clinicops.scheduling.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the protocol from the class path. A file that lacks a number stops the start. */
@Configuration(proxyBeanMethods = false)
public class ProtocolFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Bean
    public static Protocol protocol() {
        return new Protocol(times(), vitals(), fasting(), discharge(), dose(), vials());
    }

    private static Protocol.SessionTimes times() {
        Numbers file = file("session-times");
        return new Protocol.SessionTimes(
                file.header(),
                file.perRoute(
                        "routes",
                        phases -> new Protocol.Phases(
                                phases.minutes("setUpMinutes"),
                                phases.minutes("doseMinutes"),
                                phases.minutes("recoveryMinutes"),
                                phases.minutes("turnoverMinutes"),
                                phases.yes("needsPump"))),
                file.minutes("recheckWindowMinutes"),
                file.whole("rechecks"),
                file.minutes("noShowAfterMinutes"),
                file.minutes("noteSignedWithinMinutes"));
    }

    private static Protocol.VitalsLimits vitals() {
        Numbers file = file("vitals-limits");
        Numbers hard = file.part("preDoseHardHold");
        Numbers soft = file.part("preDoseSoftHold");
        return new Protocol.VitalsLimits(
                file.header(),
                new Protocol.HardHold(
                        hard.whole("systolicFrom"),
                        hard.whole("diastolicFrom"),
                        hard.whole("spo2Below"),
                        hard.whole("heartRateAbove")),
                new Protocol.SoftHold(soft.whole("systolicAbove"), soft.whole("diastolicAbove")),
                file.minutes("preDoseReadingMaxAgeMinutes"),
                file.minutes("clockToleranceMinutes"));
    }

    private static Protocol.Fasting fasting() {
        Numbers file = file("fasting");
        return new Protocol.Fasting(
                file.header(),
                file.perRoute(
                        "routes",
                        hours -> new Protocol.Hours(hours.decimal("solidsHours"), hours.decimal("liquidsHours"))));
    }

    private static Protocol.DischargeGate discharge() {
        Numbers file = file("discharge-gate");
        Numbers perRoute = file.part("minutesAfterDose");
        return new Protocol.DischargeGate(
                file.header(),
                perRoute.json.propertyNames().stream()
                        .collect(Collectors.toMap(Function.identity(), perRoute::minutes)),
                file.whole("aldreteAtLeast"),
                file.whole("moaasAtLeast"),
                file.whole("bloodPressureWithinMmHg"),
                file.whole("spo2AtLeast"),
                file.whole("heartRateAtLeast"),
                file.whole("heartRateAtMost"),
                file.minutes("readingMaxAgeMinutes"),
                file.of("withIvLine").values().stream()
                        .map(JsonNode::stringValue)
                        .collect(Collectors.toSet()),
                file.whole("cadss6AboveBaselineAtMost"),
                file.whole("escortCodeTries"));
    }

    private static Protocol.DoseRule dose() {
        Numbers file = file("dose-rule");
        return new Protocol.DoseRule(
                file.header(),
                file.decimal("defaultMgPerKg"),
                file.decimal("stepMgPerKg"),
                file.whole("weightMaxAgeDays"),
                file.decimal("weightDiffersPercent"),
                file.decimal("roundDownToMg"),
                file.decimal("drawnWithinPercent"),
                file.decimal("rateWithinPercent"),
                file.of("capMg").propertyNames().stream()
                        .collect(Collectors.toMap(Function.identity(), file.part("capMg")::decimal)));
    }

    private static Protocol.Vials vials() {
        Numbers file = file("vials");
        List<BigDecimal> strengths =
                file.of("mgPerMl").values().stream().map(JsonNode::decimalValue).toList();
        return new Protocol.Vials(
                file.header(),
                strengths,
                file.decimal("ivAtMostMgPerMl"),
                file.decimal("imAtMostMl"),
                file.perRoute(
                        "devices", device -> new Protocol.Device(device.decimal("mg"), device.minutes("gapMinutes"))));
    }

    private static Numbers file(String id) {
        String path = "/scheduling/protocol/" + id + ".json";
        try (InputStream in = ProtocolFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing");
            }
            return new Numbers(id, JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Numbers(String file, JsonNode json) {
        ProtocolHeader header() {
            return new ProtocolHeader(
                    text("id"),
                    text("version"),
                    text("source"),
                    text("approver"),
                    LocalDate.parse(text("effectiveFrom")));
        }

        JsonNode of(String name) {
            JsonNode value = json.get(name);
            if (value == null || value.isNull()) {
                throw new IllegalStateException(file + ": " + name + " is missing");
            }
            return value;
        }

        Numbers part(String name) {
            return new Numbers(file, of(name));
        }

        String text(String name) {
            return of(name).stringValue();
        }

        int whole(String name) {
            return of(name).intValue();
        }

        boolean yes(String name) {
            return of(name).booleanValue();
        }

        BigDecimal decimal(String name) {
            return of(name).decimalValue();
        }

        Duration minutes(String name) {
            return Duration.ofMinutes(whole(name));
        }

        <T> Map<String, T> perRoute(String name, Function<Numbers, T> each) {
            JsonNode routes = of(name);
            return routes.propertyNames().stream()
                    .collect(Collectors.toMap(Function.identity(), r -> each.apply(new Numbers(file, routes.get(r)))));
        }
    }
}
