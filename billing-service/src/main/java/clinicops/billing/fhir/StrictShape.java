package clinicops.billing.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a JSON text has the shape of its resource: only elements that R4 has, lists where there may be several, values that
 * their types allow, nothing required left out. HAPI's strict parser finds the same, but can't say where; a path to every fault
 * is what the sender needs.
 */
final class StrictShape {
    private static final int MOST_ISSUES = 50;
    private static final Pattern ELEMENT = Pattern.compile("_?[A-Za-z][A-Za-z0-9]{0,63}");
    private static final Set<String> NUMBERS = Set.of("integer", "positiveInt", "unsignedInt", "decimal");

    private final FhirContext fhir;

    StrictShape(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** What is wrong with it; empty when it is sound. */
    List<FhirIssue> issues(Class<? extends Resource> type, JsonNode resource) {
        var issues = new ArrayList<FhirIssue>();
        String name = type.getSimpleName();
        if (requireObject(resource, name, issues)) {
            composite(resource, fhir.getResourceDefinition(type), name, true, issues);
        }
        return issues;
    }

    private void composite(
            JsonNode object,
            BaseRuntimeElementCompositeDefinition<?> definition,
            String path,
            boolean resource,
            List<FhirIssue> issues) {
        for (var property : object.properties()) {
            if (issues.size() >= MOST_ISSUES) {
                return;
            }
            String name = property.getKey();
            if (resource && name.equals("resourceType")) {
                continue;
            }
            if (!ELEMENT.matcher(name).matches()) {
                issues.add(issue("unknown-element", "has an element that R4 does not have", path));
                continue;
            }
            element(name, property.getValue(), definition, path + "." + name, issues);
        }
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            if (child.getMin() > 0 && child.getValidChildNames().stream().noneMatch(object::has)) {
                issues.add(issue("required", "must be given", path + "." + child.getElementName()));
            }
        }
    }

    private void element(
            String name,
            JsonNode value,
            BaseRuntimeElementCompositeDefinition<?> parent,
            String path,
            List<FhirIssue> issues) {
        if (name.equals("modifierExtension")) {
            // it may turn the meaning of everything else round, so it can't be passed over
            issues.add(issue("modifier-extension", "modifier extensions are not understood here", path));
            return;
        }
        if (name.equals("extension")) {
            if (!value.isArray() || value.isEmpty()) {
                issues.add(issue("type", "must be a list that is not empty", path));
            }
            return;
        }
        if (name.startsWith("_")) {
            BaseRuntimeChildDefinition extended = parent.getChildByName(name.substring(1));
            if (extended == null || !(value.isObject() || value.isArray())) {
                issues.add(issue("unknown-element", "R4 has no such element", path));
            }
            return;
        }
        BaseRuntimeChildDefinition child = parent.getChildByName(name);
        BaseRuntimeElementDefinition<?> type = child == null ? null : child.getChildByName(name);
        if (child == null || type == null) {
            issues.add(issue("unknown-element", "R4 has no such element", path));
            return;
        }
        if (!child.isMultipleCardinality()) {
            one(value, child, type, path, issues);
        } else if (!value.isArray() || value.isEmpty()) {
            issues.add(issue("type", "must be a list that is not empty", path));
        } else {
            for (int i = 0; i < value.size() && issues.size() < MOST_ISSUES; i++) {
                one(value.get(i), child, type, path + "[" + i + "]", issues);
            }
        }
    }

    private void one(
            JsonNode value,
            BaseRuntimeChildDefinition child,
            BaseRuntimeElementDefinition<?> type,
            String path,
            List<FhirIssue> issues) {
        switch (type.getChildType()) {
            case PRIMITIVE_DATATYPE, ID_DATATYPE -> primitive(value, child, type, path, issues);
            case PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG -> requireText(value, path, issues);
            case CONTAINED_RESOURCE_LIST, CONTAINED_RESOURCES, RESOURCE -> contained(value, path, issues);
            default -> {
                BaseRuntimeElementDefinition<?> body = type instanceof BaseRuntimeElementCompositeDefinition<?>
                        ? type
                        : fhir.getElementDefinition(Reference.class);
                if (requireObject(value, path, issues)
                        && body instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
                    composite(value, composite, path, false, issues);
                }
            }
        }
    }

    private void contained(JsonNode value, String path, List<FhirIssue> issues) {
        if (!requireObject(value, path, issues)) {
            return;
        }
        String name = value.path("resourceType").asString("");
        if (!fhir.getResourceTypes().contains(name)) {
            issues.add(issue("resource-type", "must be a resource of R4", path + ".resourceType"));
            return;
        }
        composite(value, fhir.getResourceDefinition(name), path, true, issues);
    }

    private static void primitive(
            JsonNode value,
            BaseRuntimeChildDefinition child,
            BaseRuntimeElementDefinition<?> type,
            String path,
            List<FhirIssue> issues) {
        String name = type.getName();
        boolean number = NUMBERS.contains(name);
        boolean flag = name.equals("boolean");
        if (number ? !value.isNumber() : flag ? !value.isBoolean() : !value.isString()) {
            issues.add(issue("type", "must be " + (number ? "a number" : flag ? "true or false" : "a text"), path));
            return;
        }
        String text = value.asString();
        if (text.isBlank() || text.length() > 4_000 || text.chars().anyMatch(StrictShape::unprintable)) {
            issues.add(issue("value", "must be 1 to 4000 printable characters", path));
            return;
        }
        if (!parses(text, child, type)) {
            issues.add(issue("value", "is no " + name + " that R4 allows here", path));
        }
    }

    private static boolean parses(String text, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> type) {
        Object arguments = child.getInstanceConstructorArguments();
        try {
            Object parsed = arguments == null ? type.newInstance() : type.newInstance(arguments);
            if (parsed instanceof IPrimitiveType<?> primitive) {
                primitive.setValueAsString(text);
                return primitive.getValue() != null;
            }
            return false;
        } catch (IllegalArgumentException | DataFormatException malformed) {
            return false;
        }
    }

    private static boolean unprintable(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
    }

    private static void requireText(JsonNode value, String path, List<FhirIssue> issues) {
        if (!value.isString()) {
            issues.add(issue("type", "must be a text", path));
        }
    }

    private static boolean requireObject(@Nullable JsonNode value, String path, List<FhirIssue> issues) {
        if (value != null && value.isObject() && !value.isEmpty()) {
            return true;
        }
        issues.add(issue("type", "must be an object that is not empty", path));
        return false;
    }

    private static FhirIssue issue(String rule, String text, String path) {
        return new FhirIssue(rule.equals("required") ? IssueType.REQUIRED : IssueType.STRUCTURE, rule, text, path);
    }
}
