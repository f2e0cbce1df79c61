package clinicops.intake.screening;

import java.util.Map;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.context.Context.StaticContext;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads and evaluates FEEL. The engine of the library makes all functions of the language anew for every evaluation, a JSON
 * mapper among them, which takes a hundred times as long as a small expression: its interpreter is asked directly, with
 * functions that are made once.
 */
final class Feel {
    private static final FeelEngineBuilder JAVA = FeelEngineBuilder.forJava();
    private static final FeelEngineApi ENGINE = JAVA.build();
    private static final FeelInterpreter INTERPRETER = new FeelInterpreter(JAVA.valueMapper());
    private static final BuiltinFunctions FUNCTIONS = new BuiltinFunctions(JAVA.clock(), JAVA.valueMapper());

    private Feel() {}

    /**
     * @param name tells which expression it was
     * @throws IllegalArgumentException when it is no FEEL
     */
    static ParsedExpression parse(String name, String expression) {
        var result = ENGINE.parseExpression(expression);
        if (!result.isSuccess()) {
            throw new IllegalArgumentException(
                    name + " is no FEEL: " + result.failure().message());
        }
        return result.parsedExpression();
    }

    /** What an expression comes to, in Java's own types; null when it comes to nothing or fails. */
    static @Nullable Object evaluate(ParsedExpression expression, Map<String, Object> facts) {
        var mapper = JAVA.valueMapper();
        var variables = new StaticContext(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(facts)),
                scala.collection.immutable.Map$.MODULE$.empty());
        return mapper.unpackVal(INTERPRETER.eval(
                expression.expression(), EvalContext.create(mapper, FUNCTIONS).merge(variables)));
    }
}
