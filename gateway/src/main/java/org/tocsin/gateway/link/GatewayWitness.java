package org.tocsin.gateway.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tocsin.channel.HttpExchange;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealReceipt;
import org.tocsin.gateway.ledger.Witness;

/** Another county's gateway as a witness: {@code POST /api/v1/witness/seals}. It follows no redirect. One thread. */
public final class GatewayWitness implements Witness {
    private static final String PATH = "/api/v1/witness/seals";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_REASON = 200;

    private final HttpExchange http;
    private final URI gateway;
    private final String key;

    /**
     * Makes it.
     *
     * @param gateway its address, without a path
     * @param key the API key that it has given to this one
     */
    public GatewayWitness(HttpExchange http, URI gateway, String key) {
        this.http = http;
        this.gateway = gateway;
        this.key = key;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String target() {
        return gateway.toString();
    }

    @Override
    public String show(Seal seal) throws Failed {
        HttpExchange.Answer answer = ask(seal);
        JsonNode said;
        try {
            said = MAPPER.readTree(answer.body());
        } catch (IOException none) {
            said = MAPPER.missingNode();
        }
        int status = answer.status();
        if (status == 200 || status == 201) {
            SealReceipt receipt = SealReceipt.read(said);
            if (!receipt.isFor(seal)) {
                throw new Failed(Failed.Kind.AWAY, "it answered " + status + " without a receipt for this seal");
            }
            return receipt.json().toString();
        }
        String code = said.path("errors").path(0).path("code").asText();
        String reason =
                "it answered " + status + " " + shortened(said.path("detail").asText());
        if (code.equals("seal-gap")) {
            throw new Failed(Failed.Kind.GAP, reason);
        }
        boolean refused = status == 409 || status == 403 || status == 422 || status == 400;
        throw new Failed(refused ? Failed.Kind.REFUSED : Failed.Kind.AWAY, reason);
    }

    private HttpExchange.Answer ask(Seal seal) throws Failed {
        HttpExchange.Request request = new HttpExchange.Request(
                "POST",
                gateway.resolve(PATH),
                Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json"),
                seal.bytes(),
                PATIENCE);
        try {
            return http.send(request)
                    .toCompletableFuture()
                    .get(PATIENCE.plusSeconds(5).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failed(Failed.Kind.AWAY, "interrupted");
        } catch (ExecutionException failed) {
            throw new Failed(Failed.Kind.AWAY, String.valueOf(failed.getCause()));
        } catch (TimeoutException late) {
            throw new Failed(Failed.Kind.AWAY, "it did not answer in time");
        }
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST_REASON ? plain.substring(0, LONGEST_REASON) + "…" : plain;
    }
}
