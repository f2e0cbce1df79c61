package clinicops.chassis.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * A record's component must be sent and must not be null, unless it is {@code @Nullable}: what the compiler believes of a
 * request is then true. Components that Bean Validation requires are left to it, because it reports all of them at once.
 */
final class RequiredComponents extends NopAnnotationIntrospector {
    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return component(member).map(found -> found.getType().isPrimitive()).orElse(false) ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return component(annotated)
                .map(found -> JsonSetter.Value.construct(mayBeNull(found) ? Nulls.DEFAULT : Nulls.FAIL, Nulls.FAIL))
                .orElse(JsonSetter.Value.empty());
    }

    private static Optional<Parameter> component(Annotated annotated) {
        if (annotated instanceof AnnotatedParameter parameter
                && parameter.getDeclaringClass().isRecord()
                && parameter.getOwner().getMember() instanceof Constructor<?> constructor
                && constructor.getParameterCount()
                        == parameter.getDeclaringClass().getRecordComponents().length) {
            return Optional.of(constructor.getParameters()[parameter.getIndex()]);
        }
        return Optional.empty();
    }

    private static boolean mayBeNull(Parameter component) {
        return component.getType() == Optional.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || Stream.of(NotNull.class, NotBlank.class, NotEmpty.class).anyMatch(component::isAnnotationPresent);
    }
}
