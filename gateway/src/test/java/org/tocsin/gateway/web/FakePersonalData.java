package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows one person, p1 with the number 13900138000, and what it was asked. */
final class FakePersonalData implements PersonalData {
    final List<String> asked = new ArrayList<>();
    volatile @Nullable RuntimeException failure;

    @Override
    public byte[] retention() {
        return "{\"personsDays\":184}".getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] show(
            String actor, @Nullable String personKey, @Nullable String phone, @Nullable String cursor) {
        asked.add("show " + actor + " " + personKey + " " + phone);
        if (phone != null && !phone.matches("[0-9]+")) {
            throw new IllegalArgumentException("phone is no telephone number");
        }
        return "p1".equals(personKey) || "13900138000".equals(phone) ? "{\"persons\":[]}".getBytes(UTF_8) : null;
    }

    @Override
    public byte[] erase(String actor, String personKey) {
        RuntimeException told = failure;
        if (told != null) {
            throw told;
        }
        asked.add("erase " + actor + " " + personKey);
        return "{\"erased\":true}".getBytes(UTF_8);
    }

    @Override
    public boolean restore(String actor, String personKey) {
        return personKey.equals("p1");
    }
}
