package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a number is: by its segment, unless it was ported; and how a county brings its own tables. */
class OperatorsTest {
    @ParameterizedTest
    @CsvSource({
        "8613800000001,mobile",
        "8613000000001,unicom",
        "8613300000001,telecom",
        "8613400000001,mobile",
        "8613490000001,telecom",
        "8619200000001,broadnet",
        "8610012345678,''",
        "4915112345678,''",
        "12345,''",
        "'',''",
        "86138x0000001,''",
        "+8613800000001,''"
    })
    void theBuiltInSegmentsTellTheOperator(String number, String operator) {
        assertEquals(operator, Operators.standard().of(number));
    }

    @Test
    void theLongerSegmentLiesOverTheShorter() {
        Operators table = Operators.standard()
                .withSegments(Map.of("861", "a", "86138", "b", "861380", "c", "86138012", "d", "861380123456", "e"));

        assertEquals("a", table.of("8615900000000"));
        assertEquals("b", table.of("8613810000000"));
        assertEquals("c", table.of("8613800000000"));
        assertEquals("d", table.of("8613801200000"));
        assertEquals("e", table.of("8613801234567"));
        assertEquals(Operators.UNKNOWN, table.of("4915112345678"));
    }

    @Test
    void aPortedNumberIsTheNewOperatorsAndNobodyElses() {
        Operators table = Operators.standard()
                .withPorted(Map.of(8613800000001L, "unicom", 8613000000001L, "telecom", 8610000000001L, "mobile"));

        assertEquals("unicom", table.of("8613800000001"));
        assertEquals("telecom", table.of("8613000000001"));
        assertEquals("mobile", table.of("8610000000001"));
        assertEquals("mobile", table.of("8613800000002"));
    }

    @Test
    void whatIsKeptIsWhatIsRead() {
        Operators table = Operators.standard()
                .withSegments(Map.of("86138", "mobile", "8613012345", "unicom"))
                .withPorted(Map.of(8613800000001L, "unicom", 8613800000002L, "virtual-1"));

        Operators read = Operators.decode(table.encode());

        assertEquals(table.segments(), read.segments());
        assertEquals(2, read.portedCount());
        assertEquals("virtual-1", read.of("8613800000002"));
        assertEquals("unicom", read.of("8613012345678"));
    }

    @Test
    void anImportReplacesItsTableAsAWholeAndLeavesTheOther() throws IOException {
        OperatorBook book = new OperatorBook(new Shelf(), ImportLimits.DEFAULT);
        book.ported(in("number,operator\n+86 138 0000 0001,unicom\n13000000001,telecom\n"), false);
        book.segments(in("prefix,operator\n86138,mobile\n"), false);

        assertEquals("unicom", book.current().of("8613800000001"));
        assertEquals("telecom", book.current().of("8613000000001"));
        assertEquals(Operators.UNKNOWN, book.current().of("8613300000001"), "of the built-in table nothing is left");

        ImportReport none = book.ported(in("number,operator\n"), false);

        assertEquals(0, none.accepted());
        assertEquals("mobile", book.current().of("8613800000001"));
    }

    @Test
    void aBadLineIsToldWithItsPlaceAndADryRunKeepsNothing() throws IOException {
        OperatorBook book = new OperatorBook(new Shelf(), ImportLimits.DEFAULT);

        ImportReport dry = book.segments(in("prefix,operator\n86138,x\n"), true);
        ImportReport bad =
                book.segments(in("prefix,operator\n86138,mobile\n86138,unicom\n8x,mobile\n86139,Mobile\n"), true);
        ImportReport numbers = book.ported(in("number,operator\n12,mobile\nhello,mobile\n"), true);

        assertEquals(1, dry.accepted());
        assertEquals(
                List.of("prefix", "prefix", "operator"),
                bad.problems().stream().map(ImportReport.Problem::field).toList());
        assertEquals(2, numbers.refused());
        assertEquals("mobile", book.current().of("8613800000001"));
    }

    @Test
    void whatAnotherNodeImportsIsSeen() throws IOException {
        Shelf shelf = new Shelf();
        OperatorBook here = new OperatorBook(shelf, ImportLimits.DEFAULT);
        OperatorBook there = new OperatorBook(shelf, ImportLimits.DEFAULT);
        assertEquals("mobile", here.current().of("8613800000001"));

        assertFalse(there.ported(in("number,operator\n13800000001,telecom\n"), false)
                        .accepted()
                == 0);

        assertEquals("telecom", here.current().of("8613800000001"));
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** Keeps a table in memory. */
    private static final class Shelf implements OperatorStore {
        private byte @Nullable [] kept;
        private int times;

        @Override
        public Optional<byte[]> find() {
            return Optional.ofNullable(kept);
        }

        @Override
        public void keep(byte[] table) {
            kept = table;
            times++;
        }

        @Override
        public String version() {
            return times == 0 ? "" : Integer.toString(times);
        }
    }
}
