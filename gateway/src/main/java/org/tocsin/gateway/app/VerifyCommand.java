package org.tocsin.gateway.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.SealCheck;
import org.tocsin.gateway.report.pack.Finding;
import org.tocsin.gateway.report.pack.PackVerification;
import org.tocsin.gateway.report.pack.PackVerifier;
import org.tocsin.gateway.report.pack.SignerKey;
import org.tocsin.gateway.report.pack.Unreadable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code verify FILE}: recomputes an evidence pack's percentage from the pack alone. {@code verify --ledger FILE}:
 * finds what was done to an exported ledger. With {@code --seals} both are held against the seals of a witness.
 */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies an evidence pack and recomputes its coverage; an exported ledger; both against the ledger's",
            "seals that a witness has kept.",
            "Exit code: 0 all fits, 1 something does not (it is named), 2 usage, 3 a file cannot be read as what it",
            "should be."
        })
final class VerifyCommand implements Callable<Integer> {
    /** What is added to a signer of whom nobody said that it must be this one. */
    static final String NOT_CHECKED = "（未核对签名者 the signer was not checked）";

    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("applies", "适用公众覆盖率"),
            Map.entry("residents", "常住人口"),
            Map.entry("confirmed", "已确认"),
            Map.entry("lower", "下限"),
            Map.entry("estimate", "估计"),
            Map.entry("upper", "上限"),
            Map.entry("goal", "目标"),
            Map.entry("verdict", "结论"),
            Map.entry("villages", "村（社区）"),
            Map.entry("villagesDelivered", "有送达的村（社区）"),
            Map.entry("addressed", "发送对象"),
            Map.entry("reached", "有回执"),
            Map.entry("shown", "已展示"),
            Map.entry("answered", "已回应"),
            Map.entry("outside", "区域外"));

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "the evidence pack")
    private @Nullable Path file;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "an exported ledger (GET /api/v1/ledger/export); a pack is held against it. Again for each"
                    + " further part, in their order")
    private List<Path> ledger = new ArrayList<>();

    @Option(
            names = "--seals",
            paramLabel = "FOLDER|FILE",
            description = "the ledger's seals, as a witness has kept them")
    private @Nullable Path seals;

    @Option(
            names = "--signer",
            paramLabel = "FINGERPRINT|CERT",
            description = "who must have signed: SHA-256 of the public key, or a PEM file with certificate or key."
                    + " Again for each further key that may have")
    private List<String> signer = new ArrayList<>();

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path pack = file;
        if (pack == null && ledger.isEmpty()) {
            throw new CommandLine.ParameterException(
                    line, "Say what to verify: FILE (a pack), --ledger FILE, or both.");
        }
        Set<String> wanted = wanted(line);
        LedgerVerification chain;
        PackVerification found = null;
        try {
            if (pack != null) {
                if (!Files.isRegularFile(pack)) {
                    throw new IOException(pack + " is no file");
                }
                // Of several keys the pack's is looked for below.
                found = PackVerifier.verify(
                        pack, wanted.size() == 1 ? wanted.iterator().next() : null);
            }
            chain = LedgerVerification.read(ledger, seals, wanted, found);
        } catch (Unreadable | IOException unreadable) {
            line.getErr().println("无法读取 Unreadable: " + unreadable.getMessage());
            return Tocsin.COULD_NOT_RUN;
        }
        PrintWriter out = line.getOut();
        boolean holds = true;
        if (found != null) {
            holds = tell(found, !wanted.isEmpty(), out);
            if (wanted.size() > 1 && !wanted.contains(found.fingerprint())) {
                holds = false;
                misfit("signer", "is " + found.fingerprint() + ", not " + String.join(" or ", wanted), out);
            }
            chain.packSeal(found).tell(out, chain.isSealed());
            for (SealCheck.Trouble trouble : chain.against(found)) {
                holds = false;
                misfit(trouble.place(), trouble.what(), out);
            }
        }
        if (found != null && (chain.isSealed() || chain.ledger() != null)) {
            long left = chain.notCompared(found);
            if (left > 0) {
                out.println("（包内台账段 " + found.ledger().size() + " 条中有 " + left + " 条未核对 of the "
                        + found.ledger().size() + " entries of the pack's ledger section " + left
                        + " were not compared: give with --ledger the part that has them）");
            }
        }
        chain.tell(out, !wanted.isEmpty());
        for (SealCheck.Trouble trouble : chain.troubles()) {
            holds = false;
            misfit(trouble.place(), trouble.what(), out);
        }
        String fits = chain.isUnconfirmed()
                ? "未见不符，但封签未证实台账 Nothing misfits, but the seals confirm nothing of the ledger."
                : "全部相符 All fits.";
        out.println(holds ? fits : "不相符 Something does not fit.");
        out.flush();
        return holds ? 0 : 1;
    }

    private Set<String> wanted(CommandLine line) {
        try {
            return signer.stream().map(SignerKey::named).collect(Collectors.toCollection(TreeSet::new));
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(line, "--signer " + wrong.getMessage(), wrong);
        }
    }

    private static boolean tell(PackVerification found, boolean signerChecked, PrintWriter out) {
        out.println("证据包 Evidence pack");
        found.facts().forEach((name, value) -> out.println("  " + name + ": " + shown(value)));
        out.println("  SHA-256: " + found.about().sha256());
        for (PackVerification.SignedOff one : found.signedOff()) {
            out.println((one.role().equals("signer") ? "签发 Signed by: " : "审核 Approved by: ") + shown(one.by()) + ", "
                    + one.at() + " (" + shown(one.role())
                    + (one.entry() > 0 ? ", 台账 ledger entry " + one.entry() : "") + ")");
        }
        if (found.signedOff().isEmpty()) {
            out.println("签发 Signed by: 无 nobody");
        }
        if (!found.figures().isEmpty()) {
            out.println("指标 Figure | 包内 stated | 重算 recomputed");
            found.figures()
                    .forEach((name, figure) -> out.println("  " + CHINESE.getOrDefault(name, "") + " " + name + " | "
                            + shown(String.valueOf(figure.stated())) + " | " + figure.computed()
                            + (figure.fits() ? "" : "  ≠")));
        }
        out.println("签名者 Signer: "
                + (found.fingerprint().isEmpty() ? "none" : found.fingerprint())
                + (signerChecked ? "" : NOT_CHECKED));
        for (Finding finding : found.findings()) {
            misfit(finding.place(), finding.what(), out);
        }
        return found.holds();
    }

    private static void misfit(String place, String what, PrintWriter out) {
        out.println("不符 Does not fit: " + shown(place) + ": " + shown(what));
    }

    /** A text from the pack without what would command a terminal, and not endless. */
    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 400 ? plain.substring(0, 400) + "…" : plain;
    }
}
