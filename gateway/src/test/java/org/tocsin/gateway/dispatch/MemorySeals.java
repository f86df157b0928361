package org.tocsin.gateway.dispatch;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sealed issues in memory; the archive's own test is beside the store. */
final class MemorySeals implements Seals {
    final Map<String, byte[]> evidence = new ConcurrentHashMap<>();

    @Override
    public Set<String> sealed(Set<String> issues) {
        Set<String> sealed = new HashSet<>(issues);
        sealed.retainAll(evidence.keySet());
        return sealed;
    }

    @Override
    public Optional<byte[]> evidence(String issue) {
        return Optional.ofNullable(evidence.get(issue));
    }
}
