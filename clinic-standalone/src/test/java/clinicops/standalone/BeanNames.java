package clinicops.standalone;

import clinicops.chassis.ServiceRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts one service alone and writes down its beans; run in a JVM with nothing but that service's own jar. */
final class BeanNames {
    /** What the web server or the shape brings, not the service. */
    private static final Set<String> OF_THE_ENVIRONMENT =
            Set.of("systemProperties", "systemEnvironment", "environment");

    private BeanNames() {}

    public static void main(String[] args) throws Exception {
        Class<?> service = Class.forName(args[0]);
        try (var context = ServiceRunner.run(service, args[1], Arrays.copyOfRange(args, 3, args.length))) {
            Files.write(Path.of(args[2]), of(context));
        }
        System.exit(0);
    }

    static List<String> of(ConfigurableApplicationContext context) {
        var factory = context.getBeanFactory();
        return Arrays.stream(factory.getBeanDefinitionNames())
                .filter(name -> !OF_THE_ENVIRONMENT.contains(name))
                // a binding makes these once the broker is there, which may be after the start
                .filter(name -> !name.startsWith("kafka-"))
                .map(name -> name + " : " + typeName(factory.getType(name, false)))
                .sorted()
                .toList();
    }

    /** Proxies and lambdas are numbered by the JVM. */
    private static String typeName(Class<?> type) {
        return type == null ? "?" : type.getName().replaceAll("(\\$\\$|\\$Proxy).*", "");
    }
}
