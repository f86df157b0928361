package org.tocsin.load.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes figures as JSON; the names stay. */
public final class FigureJson {
    private static final JsonMapper JSON = new JsonMapper();
    private static final MathContext DIGITS = new MathContext(6);

    private FigureJson() {}

    /** The object with {@code figures}; null stands where there is no bound or peer. */
    public static String write(List<Figure> figures) {
        ObjectNode whole = JSON.createObjectNode();
        ArrayNode array = whole.putArray("figures");
        for (Figure figure : figures) {
            ObjectNode one = array.addObject();
            one.put("scenario", figure.scenario());
            one.put("name", figure.name());
            one.put("unit", figure.unit());
            one.put("median", number(figure.measured().median()));
            one.put("min", number(figure.measured().min()));
            one.put("max", number(figure.measured().max()));
            one.put("bound", median(figure.bound()));
            one.put("peer", median(figure.peer()));
            one.put("ratioToBound", number(figure.ratioToBound()));
            one.put("ratioToPeer", number(figure.ratioToPeer()));
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private static @Nullable BigDecimal median(@Nullable Spread spread) {
        return spread == null ? null : number(spread.median());
    }

    private static @Nullable BigDecimal number(@Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            return null;
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
