package org.tocsin.gateway.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

class FormLinksTest {
    @Test
    void leadsToTheFormOnlyWhereThereIsOne() {
        RouteSpec form = RouteSpec.post(
                "/console/issue/from/{id}/{kind}",
                Gate.SESSION,
                RouteSpec.ANYBODY,
                100,
                call -> Answer.seeOther("/"),
                303);

        assertEquals(
                "/console/issue/from/abc/update", FormLinks.of(List.of(form)).update("abc"));
        assertNull(FormLinks.of(List.of()).update("abc"));
        assertNull(FormLinks.of(List.of(form)).edit("abc"));
    }
}
