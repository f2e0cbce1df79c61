package clinicops.intake.instrument;

import clinicops.intake.worklist.Missing;
import clinicops.intake.worklist.StillMissing;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A suicide screener that some answer opened and that nobody has completed is missing, whatever was screened before. */
@Component
class SuicideScreenerMissing implements StillMissing {
    private final AssessmentRecords records;
    private final InstrumentEngine engine;

    SuicideScreenerMissing(AssessmentRecords records, InstrumentEngine engine) {
        this.records = records;
        this.engine = engine;
    }

    @Override
    public Set<Missing> of(String patientId) {
        boolean open = records.waitingOf(patientId).stream()
                .anyMatch(waiting -> engine.of(waiting.instrument(), waiting.instrumentVersion())
                        .filter(Instrument::raisesAlerts)
                        .isPresent());
        return open ? EnumSet.of(Missing.C_SSRS) : Set.of();
    }

    @Override
    public Set<Missing> atFirst() {
        return Set.of();
    }
}
