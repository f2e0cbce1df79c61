package clinicops.testing;

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

/** Gives a test's context the servers that its annotation asks for. */
final class RealServersContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        OnRealServers local = TestContextAnnotationUtils.findMergedAnnotation(testClass, OnRealServers.class);
        if (local != null) {
            return new Servers(local.database(), false);
        }
        SmokeOnDocker docker = TestContextAnnotationUtils.findMergedAnnotation(testClass, SmokeOnDocker.class);
        return docker == null || docker.database().isEmpty() ? null : new Servers(docker.database(), true);
    }

    /** A record, because Spring caches contexts by the equality of their customizers. */
    private record Servers(String database, boolean onDocker) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            Map<String, Object> properties = onDocker
                    ? TestServers.properties(DockerServers.freshDatabase(database), DockerServers.bootstrapServers())
                    : TestServers.propertiesFor(database);
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("realServers", properties));
            TestServers.closeBeforeServers(context);
        }
    }
}
