package clinicops.intake.referral;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition.ChildTypeEnum;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import clinicops.intake.referral.ReferralRules.RowError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds JSON against R4's own definitions, as HAPI carries them, and says where it differs: unknown, missing, repeated and empty
 * fields, wrong types, codes and dates that do not exist. HAPI's parser refuses such JSON too, but stops at the first fault and
 * does not say where it is.
 *
 * <p>Also refused is what a receiver must understand or refuse, and we do not understand: modifier extensions, implicit rules.
 */
final class FhirForm {
    static final int LONGEST_TEXT = 10_000;
    static final int LONGEST_LIST = 200;
    /** Enough to repair a resource by; what is beyond it shows at the next try. */
    static final int MOST_ERRORS = 25;

    private static final int LONGEST_NUMBER = 40;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern WHITE = Pattern.compile("\\s");

    private final FhirContext r4;
    private final Map<Class<?>, Map<String, Child>> children = new ConcurrentHashMap<>();

    FhirForm(FhirContext r4) {
        this.r4 = r4;
    }

    /** @param path of the resource, for example {@code Bundle.entry[3].resource} */
    List<RowError> differences(JsonNode resource, String path) {
        var check = new Check();
        check.resource(resource, path);
        return check.errors;
    }

    /** The Bundle without its entries; each of these is looked at alone. */
    List<RowError> bundleDifferences(JsonNode bundle) {
        var check = new Check();
        check.composite(bundle, bundle(), "Bundle", Set.of("resourceType"));
        return check.errors;
    }

    /** One entry of a Bundle; its resource is looked at alone. */
    List<RowError> entryDifferences(JsonNode entry, String path) {
        var check = new Check();
        var definition = bundle().getChildByName("entry").getChildByName("entry");
        check.composite(entry, (BaseRuntimeElementCompositeDefinition<?>) definition, path, Set.of("resource"));
        return check.errors;
    }

    private BaseRuntimeElementCompositeDefinition<?> bundle() {
        return r4.getResourceDefinition("Bundle");
    }

    /** One field that an element may have. */
    private record Child(
            BaseRuntimeChildDefinition definition, @Nullable BaseRuntimeElementDefinition<?> type) {
        boolean many() {
            return definition.getMax() != 1;
        }

        boolean primitive() {
            return type instanceof BaseRuntimeElementDefinition<?> known
                    && IPrimitiveType.class.isAssignableFrom(known.getImplementingClass());
        }
    }

    private Map<String, Child> children(BaseRuntimeElementCompositeDefinition<?> of) {
        return children.computeIfAbsent(of.getImplementingClass(), type -> {
            var known = new HashMap<String, Child>();
            for (var child : of.getChildrenAndExtension()) {
                if (child instanceof RuntimeChildExtension) {
                    // HAPI lists the types of its value here, as if these stood in the element itself
                    known.put(child.getElementName(), new Child(child, r4.getElementDefinition("Extension")));
                } else if (child instanceof RuntimeChildResourceDefinition) {
                    // HAPI lists a field for the resource behind the reference too, which is not FHIR's
                    known.put(child.getElementName(), new Child(child, child.getChildByName(child.getElementName())));
                } else {
                    for (String name : child.getValidChildNames()) {
                        known.put(name, new Child(child, child.getChildByName(name)));
                    }
                }
            }
            return Map.copyOf(known);
        });
    }

    /** One look at one piece of JSON. */
    private final class Check {
        private final List<RowError> errors = new ArrayList<>();
        private final Set<String> contained = new HashSet<>();

        private void error(String path, String rule, String message) {
            if (errors.size() < MOST_ERRORS) {
                errors.add(new RowError(path, rule, message));
            }
        }

        void resource(JsonNode resource, String path) {
            if (!resource.isObject()) {
                error(path, "type", "must be a resource");
                return;
            }
            String type = resource.path("resourceType").stringValue("");
            if (type.isEmpty()) {
                error(path + ".resourceType", "missing", "says which resource it is");
                return;
            }
            BaseRuntimeElementCompositeDefinition<?> definition;
            try {
                definition = r4.getResourceDefinition(type);
            } catch (DataFormatException unknown) {
                error(path + ".resourceType", "resource-type", "is no resource of FHIR R4");
                return;
            }
            for (JsonNode inner : resource.path("contained")) {
                contained.add("#" + inner.path("id").stringValue(""));
            }
            composite(resource, definition, path, Set.of("resourceType"));
        }

        void composite(
                JsonNode element, BaseRuntimeElementCompositeDefinition<?> definition, String path, Set<String> skip) {
            if (!element.isObject()) {
                error(path, "type", "must be an object");
                return;
            }
            if (element.isEmpty()) {
                error(path, "empty", "has nothing in it; leave it out");
                return;
            }
            var known = children(definition);
            var given = new HashMap<String, String>();
            element.properties().forEach(field -> {
                String name = field.getKey();
                if (skip.contains(name)) {
                    return;
                }
                boolean beside = name.startsWith("_");
                Child child = known.get(beside ? name.substring(1) : name);
                if (child == null || (beside && !child.primitive())) {
                    error(
                            path + (NAME.matcher(name).matches() ? "." + name : ""),
                            "unknown-field",
                            "FHIR R4 has no such field");
                    return;
                }
                String plain = beside ? name.substring(1) : name;
                String other = given.put(child.definition().getElementName(), plain);
                if (other != null && !other.equals(plain)) {
                    error(path + "." + name, "choice", "only one of its types may be given");
                    return;
                }
                if (beside) {
                    companion(field.getValue(), child, path + "." + plain);
                } else {
                    field(field.getValue(), child, element.has("_" + name), name, path + "." + name);
                }
            });
            for (var child : definition.getChildrenAndExtension()) {
                String name = child.getElementName();
                if (child.getMin() > 0 && !given.containsKey(name) && !skip.contains(name)) {
                    error(path + "." + name, "missing", "must not be left out");
                }
            }
            if (definition.getName().equals("Reference")) {
                String reference = element.path("reference").stringValue("");
                if (reference.startsWith("#") && reference.length() > 1 && !contained.contains(reference)) {
                    error(path + ".reference", "reference", "the resource contains nothing by that id");
                }
            }
        }

        private void field(JsonNode value, Child child, boolean hasCompanion, String name, String path) {
            if (name.equals("modifierExtension") || name.equals("implicitRules")) {
                error(path, "modifier", "changes the meaning in a way that is not understood here");
                return;
            }
            if (!child.many()) {
                one(value, child, path);
                return;
            }
            if (!value.isArray()) {
                error(path, "type", "must be a list");
                return;
            }
            if (value.isEmpty()) {
                error(path, "empty", "has nothing in it; leave it out");
                return;
            }
            if (value.size() > LONGEST_LIST) {
                error(path, "too-many", "at most " + LONGEST_LIST);
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                // a list of primitives may have gaps where there is an extension and no value
                if (!(value.get(i).isNull() && hasCompanion)) {
                    one(value.get(i), child, path + "[" + i + "]");
                }
            }
        }

        private void one(JsonNode value, Child child, String path) {
            if (value.isNull()) {
                error(path, "empty", "must not be null; leave it out");
                return;
            }
            var type = child.type();
            if (type == null) {
                error(path, "unknown-field", "FHIR R4 has no such field");
            } else if (type.getChildType() == ChildTypeEnum.CONTAINED_RESOURCE_LIST
                    || type.getChildType() == ChildTypeEnum.CONTAINED_RESOURCES) {
                resource(value, path);
            } else if (type.getChildType() == ChildTypeEnum.PRIMITIVE_XHTML_HL7ORG) {
                text(value, path);
            } else if (type instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
                composite(value, composite, path, Set.of());
            } else {
                primitive(value, child.definition(), type, path);
            }
        }

        /** The extensions of a primitive stand beside it, under its name with an underscore. */
        private void companion(JsonNode beside, Child child, String path) {
            if (child.many() != beside.isArray()) {
                error(path, "type", child.many() ? "must be a list" : "must be an object");
                return;
            }
            var element = (BaseRuntimeElementCompositeDefinition<?>) r4.getElementDefinition("Extension");
            List<JsonNode> each = child.many() ? List.copyOf(beside.values()) : List.of(beside);
            for (int i = 0; i < each.size(); i++) {
                JsonNode one = each.get(i);
                String at = child.many() ? path + "[" + i + "]" : path;
                if (child.many() && one.isNull()) {
                    continue;
                }
                if (!one.isObject()
                        || one.isEmpty()
                        || one.propertyStream()
                                .anyMatch(f -> !Set.of("id", "extension").contains(f.getKey()))) {
                    error(at, "type", "has but an id and extensions");
                    continue;
                }
                for (String name : List.of("id", "extension")) {
                    Optional.ofNullable(one.get(name))
                            .ifPresent(value -> field(
                                    value,
                                    java.util.Objects.requireNonNull(
                                            children(element).get(name)),
                                    false,
                                    name,
                                    at + "." + name));
                }
            }
        }

        private Optional<String> text(JsonNode value, String path) {
            if (!value.isString()) {
                error(path, "type", "must be a text");
                return Optional.empty();
            }
            String text = value.stringValue();
            if (text.isBlank()) {
                error(path, "empty", "must not be empty; leave it out");
                return Optional.empty();
            }
            if (text.length() > LONGEST_TEXT) {
                error(path, "too-long", "at most " + LONGEST_TEXT + " characters");
                return Optional.empty();
            }
            return Optional.of(text);
        }

        private void primitive(
                JsonNode value, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> type, String path) {
            Class<?> kind = type.getImplementingClass();
            if (kind == BooleanType.class) {
                if (!value.isBoolean()) {
                    error(path, "type", "must be true or false");
                }
            } else if (IntegerType.class.isAssignableFrom(kind)) {
                if (!value.isIntegralNumber()) {
                    error(path, "type", "must be a whole number");
                } else {
                    int least =
                            kind == PositiveIntType.class ? 1 : kind == UnsignedIntType.class ? 0 : Integer.MIN_VALUE;
                    if (!value.canConvertToInt() || value.intValue() < least) {
                        error(path, "number", "is not a number that may stand here");
                    }
                }
            } else if (kind == DecimalType.class) {
                if (!value.isNumber()) {
                    error(path, "type", "must be a number");
                } else if (tooLong(value.decimalValue())) {
                    error(path, "number", "is not a number that may stand here");
                }
            } else {
                text(value, path).ifPresent(text -> text(text, child, type, kind, path));
            }
        }

        private void text(
                String text,
                BaseRuntimeChildDefinition child,
                BaseRuntimeElementDefinition<?> type,
                Class<?> kind,
                String path) {
            if (kind == Enumeration.class) {
                accepted(text, child, type, path, "unknown-code", "is not one of the codes that FHIR R4 has for it");
            } else if (BaseDateTimeType.class.isAssignableFrom(kind)) {
                accepted(text, child, type, path, "date", "is not a date or time as FHIR writes it");
            } else if (type.getChildType() == ChildTypeEnum.ID_DATATYPE) {
                if (!ID.matcher(text).matches()) {
                    error(path, "format", "is not written as an id must be");
                }
            } else if (UriType.class.isAssignableFrom(kind)
                    && WHITE.matcher(text).find()) {
                error(path, "format", "is not written as a URI must be");
            } else {
                accepted(text, child, type, path, "format", "is not written as this field must be");
            }
        }

        private void accepted(
                String text,
                BaseRuntimeChildDefinition child,
                BaseRuntimeElementDefinition<?> type,
                String path,
                String rule,
                String message) {
            try {
                ((IPrimitiveType<?>) type.newInstance(child.getInstanceConstructorArguments())).setValueAsString(text);
            } catch (RuntimeException refused) {
                // of many kinds, and all quote the value: the rule says enough
                error(path, rule, message);
            }
        }

        private static boolean tooLong(BigDecimal number) {
            return number.precision() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LONGEST_NUMBER;
        }
    }
}
