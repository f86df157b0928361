package org.tocsin.gateway.app;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.BootstrapKeys;
import org.tocsin.gateway.access.RightsDesk;
import org.tocsin.gateway.access.oidc.OidcSettings;
import org.tocsin.gateway.access.oidc.OidcSignIn;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.MatrixSettings;
import org.tocsin.gateway.coverage.GoalSettings;
import org.tocsin.gateway.coverage.Goals;
import org.tocsin.gateway.dispatch.LinkSpec;
import org.tocsin.gateway.store.AccessKeyFile;
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

    /** The matrix that people have confirmed, else the settings'; read anew whenever it has changed. */
    static Supplier<ApprovalMatrix> matrix(RightsDesk rights, ApprovalMatrix settings) {
        return new Supplier<>() {
            private String known = "";
            private ApprovalMatrix matrix = settings;

            @Override
            public synchronized ApprovalMatrix get() {
                String text = rights.isMatrixEdited() ? rights.matrix() : "";
                if (!text.equals(known)) {
                    matrix = text.isEmpty() ? settings : MatrixSettings.readText(text);
                    known = text;
                }
                return matrix;
            }
        };
    }

    /** The matrix of the settings as text, and what is wrong with another. */
    static AccessDesk.MatrixText matrixText(Settings settings) {
        String text = settings.text(SettingKey.MATRIX);
        return new AccessDesk.MatrixText(
                MatrixSettings::problems, text.isBlank() ? MatrixSettings.STANDARD : MatrixSettings.pretty(text));
    }

    /** The key of what is kept encrypted of accounts. */
    static byte[] accessKey(Settings settings, SecureRandom random) {
        return settings.find(SettingKey.ACCESS_KEY)
                .map(file -> AccessKeyFile.read(Path.of(file)))
                .orElseGet(() -> AccessKeyFile.readOrMake(dataFolder(settings, "access-key"), random));
    }

    /** The OpenID provider; null where none is set. */
    static @Nullable OidcSignIn oidc(Settings settings, SecureRandom random, InstantSource clock) {
        Optional<String> issuer = settings.find(SettingKey.OIDC_ISSUER);
        if (issuer.isEmpty()) {
            return null;
        }
        String publicUrl = settings.text(SettingKey.PUBLIC_URL);
        if (publicUrl.isEmpty() || settings.find(SettingKey.OIDC_CLIENT).isEmpty()) {
            throw new Settings.Invalid(List.of(SettingKey.OIDC_ISSUER.setting() + ": needs "
                    + SettingKey.PUBLIC_URL.setting() + ", where the provider sends people back to, and "
                    + SettingKey.OIDC_CLIENT.setting()));
        }
        return new OidcSignIn(
                new OidcSettings(
                        URI.create(issuer.get()),
                        settings.text(SettingKey.OIDC_CLIENT),
                        settings.text(SettingKey.OIDC_SECRET),
                        settings.text(SettingKey.OIDC_CLAIM),
                        settings.list(SettingKey.OIDC_SCOPES),
                        publicUrl),
                random,
                clock);
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
