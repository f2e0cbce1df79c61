package clinicops.chassis.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;
import org.springframework.data.repository.Repository;
import org.springframework.web.bind.annotation.RequestBody;

/** The architecture rules that every service keeps. */
public final class HouseRules {
    private static final Set<Class<?>> WALL_CLOCKS =
            Set.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class);
    private static final List<String> SERVICES =
            List.of("intake", "scheduling", "billing", "notification", "staffweb", "cli", "standalone");

    private HouseRules() {}

    /** @param rootPackage for example {@code clinicops.intake} */
    public static void verify(String rootPackage) {
        var broken = broken(
                rootPackage,
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(rootPackage));
        if (!broken.isEmpty()) {
            throw new AssertionError(broken.size() + " house rules are broken:\n" + String.join("\n", broken.values()));
        }
    }

    /** The broken rules by name, with what ArchUnit says. */
    static Map<String, String> broken(String rootPackage, JavaClasses classes) {
        if (classes.isEmpty()) {
            throw new AssertionError("no classes in " + rootPackage);
        }
        var broken = new LinkedHashMap<String, String>();
        rules(rootPackage).forEach((name, rule) -> {
            var result = rule.allowEmptyShould(true).evaluate(classes);
            if (result.hasViolation()) {
                broken.put(name, name + ": " + result.getFailureReport());
            }
        });
        return broken;
    }

    static Map<String, ArchRule> rules(String root) {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put(
                "aggregates-are-plain",
                noClasses()
                        .that()
                        .areAnnotatedWith(Document.class)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("org.springframework..", "com.mongodb..", "org.bson..")
                                .and(DescribedPredicate.not(resideInAPackage("org.springframework.data.annotation..")))
                                .and(DescribedPredicate.not(
                                        describe("@Document", type -> type.isEquivalentTo(Document.class))))));
        rules.put(
                "repositories-start-empty",
                noClasses()
                        .should()
                        .beAssignableTo(CrudRepository.class)
                        .orShould()
                        .beAssignableTo(PagingAndSortingRepository.class));
        rules.put(
                "no-bare-find-by-id",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .areAssignableTo(Repository.class)
                        .should(notBeNamed("findById")));
        rules.put(
                "no-template-find-by-id",
                noClasses()
                        .should()
                        .callMethodWhere(describe(
                                "MongoOperations.findById",
                                (JavaCall<?> call) -> call.getName().equals("findById")
                                        && call.getTargetOwner().isAssignableTo(MongoOperations.class))));
        rules.put("no-empty-names", noClasses().should(haveNoMeaning()));
        rules.put(
                "no-shelf-packages",
                noClasses()
                        .should()
                        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..dto.."));
        rules.put(
                "time-is-injected",
                noClasses().should().callMethodWhere(describe("the wall clock", HouseRules::readsWallClock)));
        rules.put(
                "no-other-service",
                noClasses()
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(SERVICES.stream()
                                .map(service -> "clinicops." + service)
                                .filter(service -> !root.equals(service))
                                .map(service -> service + "..")
                                .toArray(String[]::new))));
        rules.put("bodies-are-validated", methods().should(validateTheirBody()));
        rules.put(
                "explicit-auto-configuration", noClasses().should().beMetaAnnotatedWith(EnableAutoConfiguration.class));
        rules.put("constructor-injection", noFields().should().beAnnotatedWith(Autowired.class));
        rules.put(
                "features-without-cycles",
                slices().matching(root + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        // consumers call features, features hand their events to the translator beside them
                        .ignoreDependency(resideInAPackage(root + ".messaging.."), DescribedPredicate.alwaysTrue())
                        .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(root + ".messaging..")));
        rules.put(
                "features-first",
                classes()
                        .that()
                        .areTopLevelClasses()
                        .should()
                        .resideOutsideOfPackages(
                                root + ".controller..",
                                root + ".service..",
                                root + ".repository..",
                                root + ".model..",
                                root + ".entity.."));
        return rules;
    }

    private static boolean readsWallClock(JavaCall<?> call) {
        boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
        boolean now = call.getName().equals("now")
                && noArguments
                && WALL_CLOCKS.stream().anyMatch(type -> call.getTargetOwner().isEquivalentTo(type));
        boolean system = call.getTargetOwner().isEquivalentTo(System.class)
                && call.getName().equals("currentTimeMillis");
        boolean clock = call.getTargetOwner().isEquivalentTo(Clock.class)
                && call.getName().startsWith("system");
        return now || system || clock;
    }

    private static ArchCondition<JavaMethod> notBeNamed(String name) {
        return new ArchCondition<>("not be named " + name) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getName().equals(name)) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " does not say on whose behalf it looks"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveNoMeaning() {
        return new ArchCondition<>("end in Manager, Helper, Impl, Dto or Util") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.getSimpleName().matches(".*(Manager|Helper|Impl|Dto|DTO|Utils?)")) {
                    events.add(SimpleConditionEvent.satisfied(type, type.getName() + " has a name without a meaning"));
                }
            }
        };
    }

    private static ArchCondition<JavaMethod> validateTheirBody() {
        return new ArchCondition<>("have @Valid beside @RequestBody") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getParameters().forEach(parameter -> {
                    if (parameter.isAnnotatedWith(RequestBody.class)
                            && !parameter.isAnnotatedWith(Valid.class)
                            && parameter.getRawType().isRecord()) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " takes a body without @Valid"));
                    }
                });
            }
        };
    }
}
