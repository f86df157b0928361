package org.tocsin.gateway.app;

import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.BootstrapKeys;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.MatrixSettings;
import org.tocsin.gateway.coverage.GoalSettings;
import org.tocsin.gateway.coverage.Goals;
import org.tocsin.gateway.dispatch.LinkSpec;
import org.tocsin.gateway.store.EvidenceKeyFile;

/** What the operator's settings say to single rooms; whatever does not fit is told all at once. */
final class RoomSettings {
    private RoomSettings() {}

    /** The key that signs packs: the operator's, read now, or the gateway's own, made at first need. */
    static Supplier<KeyPair> evidenceKey(Settings settings) {
        Optional<String> given = settings.find(SettingKey.EVIDENCE_KEY);
        if (given.isPresent()) {
            KeyPair key = EvidenceKeyFile.read(Path.of(given.get()));
            return () -> key;
        }
        Path own = dataFolder(settings, "evidence-key");
        return new Supplier<>() {
            private @Nullable KeyPair made;

            @Override
            public synchronized KeyPair get() {
                KeyPair known = made;
                if (known == null) {
                    known = EvidenceKeyFile.readOrMake(own);
                    made = known;
                }
                return known;
            }
        };
    }

    static Path archiveFolder(Settings settings) {
        return settings.find(SettingKey.ARCHIVE)
                .map(Path::of)
                .orElseGet(() -> dataFolder(settings, "archive"))
                .toAbsolutePath();
    }

    static Path dataFolder(Settings settings, String name) {
        return Path.of(settings.text(SettingKey.DATA)).resolve(name).toAbsolutePath();
    }

    static ApprovalMatrix matrix(Settings settings) {
        try {
            return MatrixSettings.read(settings.matrix());
        } catch (MatrixSettings.Invalid invalid) {
            throw new Settings.Invalid(invalid.problems().stream()
                    .map(problem -> SettingKey.MATRIX.setting() + ": " + problem)
                    .toList());
        }
    }

    static Goals goals(Settings settings) {
        try {
            return GoalSettings.read(settings.goals(), settings.number(SettingKey.GOAL));
        } catch (GoalSettings.Invalid invalid) {
            throw new Settings.Invalid(invalid.problems().stream()
                    .map(problem -> SettingKey.GOALS.setting() + (problem.startsWith("[") ? "" : ": ") + problem)
                    .toList());
        }
    }

    /** The provider's name of a link; a link that is gone has its id. */
    static UnaryOperator<String> providers(Settings settings) {
        Map<String, String> providers = settings.links().entrySet().stream()
                .map(link -> LinkSpec.of(link.getKey(), link.getValue()))
                .collect(java.util.stream.Collectors.toMap(LinkSpec::id, LinkSpec::provider));
        return link -> providers.getOrDefault(link, link);
    }

    static BootstrapKeys firstKeys(String text) {
        try {
            return BootstrapKeys.parse(text);
        } catch (BootstrapKeys.Invalid invalid) {
            throw new Settings.Invalid(List.of(String.valueOf(invalid.getMessage())));
        }
    }
}
