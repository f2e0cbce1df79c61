package clinicops.chassis.testing;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Lets a {@link ServiceTest} trust the tests' own tokens, and gives it a key for contact cards. */
final class TestTokensContextCustomizerFactory implements ContextCustomizerFactory {
    /** The same in every test JVM, so that a test can open what another service sealed. */
    static final String CONTACT_KEY = Base64.getEncoder().encodeToString("thirty-two bytes only for tests!".getBytes());

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, ServiceTest.class) ? new Tokens() : null;
    }

    /** A record, because Spring caches contexts by the equality of their customizers. */
    private record Tokens() implements ContextCustomizer {
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "testTokens",
                            Map.of(
                                    "clinicops.issuer",
                                    TestTokens.ISSUER,
                                    "clinicops.jwk-set-uri",
                                    TestTokens.jwkSetUri(),
                                    "clinicops.contact.key",
                                    CONTACT_KEY)));
        }
    }
}
