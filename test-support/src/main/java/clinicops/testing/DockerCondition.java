package clinicops.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class DockerCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return DockerServers.whyUnavailable()
                .map(reason -> {
                    if (Boolean.getBoolean("clinicops.docker.required")) {
                        throw new IllegalStateException("clinicops.docker.required is set, but " + reason);
                    }
                    return ConditionEvaluationResult.disabled(reason);
                })
                .orElseGet(() -> ConditionEvaluationResult.enabled("a Docker engine answers"));
    }
}
