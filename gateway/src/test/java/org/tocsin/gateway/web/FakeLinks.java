package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Links that say what they were asked. */
final class FakeLinks implements LinkDesk {
    @Override
    public byte[] links() {
        return "{\"links\":[{\"id\":\"sms-1\"}]}".getBytes(UTF_8);
    }

    @Override
    public byte[] replies(String before, int limit) {
        return ("{\"replies\":[],\"before\":\"" + before + "\",\"limit\":" + limit + "}").getBytes(UTF_8);
    }
}
