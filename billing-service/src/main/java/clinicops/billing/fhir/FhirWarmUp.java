package clinicops.billing.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Wakes the validator once the service is ready, in the background: its first use takes seconds. */
@Component
class FhirWarmUp {
    private static final Logger log = LoggerFactory.getLogger(FhirWarmUp.class);

    private final IncomingResources incoming;

    FhirWarmUp(IncomingResources incoming) {
        this.incoming = incoming;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        var thread = Thread.ofPlatform().name("fhir-warm-up").daemon().unstarted(this::warmUp);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private void warmUp() {
        try (InputStream sample = FhirWarmUp.class.getResourceAsStream("/billing/claim-response-sample.json")) {
            if (sample == null) {
                throw new IllegalStateException("claim-response-sample.json is not on the class path");
            }
            incoming.warmUp(new String(sample.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            // the first request will do it, or fail where somebody sees it
            log.warn("the FHIR validator is not warm: {}", e.getClass().getSimpleName());
        }
    }
}
