package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class OpenApiTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    private static JsonNode served(TestGateway gateway) throws Exception {
        return new ObjectMapper(new YAMLFactory())
                .readTree(gateway.get(null, "/openapi.yaml").body());
    }

    @Test
    void declaresExactlyTheRoutesAndStatusesThatThereAre(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            Map<String, Set<Integer>> declared = new TreeMap<>();
            served(gateway).path("paths").properties().forEach(path -> path.getValue()
                    .properties()
                    .forEach(method -> {
                        Set<Integer> statuses = new TreeSet<>();
                        method.getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
                        declared.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), statuses);
                    }));
            Map<String, Set<Integer>> routed = new TreeMap<>();
            // The console's pages are for people, and change: they are no part of the API.
            gateway.routes().stream()
                    .filter(route -> !route.path().equals("/")
                            && !route.path().equals("/console")
                            && !route.path().startsWith("/console/"))
                    .forEach(route -> routed.put(route.method() + " " + route.path(), new TreeSet<>(route.statuses())));

            assertEquals(routed, declared);
        }
    }

    @Test
    void namesEveryParameterOfItsPathsAndEveryReference(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            JsonNode document = served(gateway);
            document.path("paths").properties().forEach(path -> path.getValue().forEach(operation -> {
                Set<String> inPath = new HashSet<>();
                Matcher matcher = PARAMETER.matcher(path.getKey());
                while (matcher.find()) {
                    inPath.add(matcher.group(1));
                }
                Set<String> named = new HashSet<>();
                operation.path("parameters").forEach(parameter -> {
                    if (parameter.path("in").asText().equals("path")) {
                        named.add(parameter.path("name").asText());
                    }
                });
                assertEquals(inPath, named, path.getKey());
            }));
            document.findValuesAsText("$ref")
                    .forEach(reference ->
                            assertTrue(!document.at(reference.substring(1)).isMissingNode(), reference));
        }
    }

    @Test
    void describesEveryFieldOfAWarning(Redis redis) throws Exception {
        try (TestGateway gateway = new TestGateway(redis)) {
            JsonNode schema = served(gateway).at("/components/schemas/Warning");
            JsonNode warning = TestGateway.json(gateway.get(Role.AUDITOR, "/api/v1/warnings/" + gateway.signed("A1")));

            Set<String> fields = new TreeSet<>();
            warning.fieldNames().forEachRemaining(fields::add);
            Set<String> described = new TreeSet<>();
            schema.path("properties").fieldNames().forEachRemaining(described::add);

            assertEquals(described, fields);
            schema.path("required").forEach(name -> assertTrue(warning.has(name.asText()), name.asText()));
        }
    }
}
