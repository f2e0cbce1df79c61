package clinicops.scheduling.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolFilesTest {
    private final Protocol protocol = ProtocolFiles.protocol();

    @Test
    void everyNumberHasASourceAnApproverAndADate() {
        assertThat(List.of(
                        protocol.times().header(),
                        protocol.vitals().header(),
                        protocol.fasting().header(),
                        protocol.discharge().header(),
                        protocol.dose().header(),
                        protocol.vials().header()))
                .allSatisfy(header -> {
                    assertThat(header.source()).isNotBlank();
                    assertThat(header.approver()).isNotBlank();
                    assertThat(header.effectiveFrom()).isNotNull();
                    assertThat(header.reference()).isEqualTo(header.id() + "@" + header.version());
                });
    }

    @Test
    void anInfusionKeepsItsChairFor135Minutes() {
        assertThat(protocol.times().of("iv").chairBlock()).isEqualTo(Duration.ofMinutes(135));
        assertThat(protocol.times().of("nasal").chairBlock()).isEqualTo(Duration.ofMinutes(160));
    }
}
