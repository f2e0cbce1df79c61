package clinicops.staffweb.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedEncodingsTest {
    @Test
    void onlyWhatTheClientNamesAndDoesNotRefuseIsAccepted() {
        assertThat(accepts("gzip, deflate, br", "br")).isTrue();
        assertThat(accepts("gzip;q=1.0, BR;q=0.5", "br")).isTrue();
        assertThat(accepts("gzip, br;q=0", "br")).isFalse();
        assertThat(accepts("gzip, br; q=0.000", "br")).isFalse();
        assertThat(accepts("gzip", "br")).isFalse();
        assertThat(accepts("*", "br")).isTrue();
        assertThat(accepts("*, br;q=0", "br")).isFalse();
        assertThat(accepts("", "br")).isFalse();
        assertThat(accepts(";,;;q", "br")).isFalse();
        assertThat(AcceptedEncodings.of(List.of()).has("gzip")).isFalse();
    }

    private static boolean accepts(String header, String encoding) {
        return AcceptedEncodings.of(List.of(header)).has(encoding);
    }
}
