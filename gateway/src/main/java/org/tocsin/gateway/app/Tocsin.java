package org.tocsin.gateway.app;

import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code java -jar tocsin.jar <command>}. Exit codes: 0 as expected, 1 not as expected, 2 usage, 3
 * could not run.
 */
@Command(
        name = "tocsin.jar",
        description = "Tocsin, a multichannel public-warning dissemination gateway.",
        mixinStandardHelpOptions = true,
        version = "0.1.0-SNAPSHOT",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            ImportCommand.class,
            UserCommand.class,
            VerifyCommand.class
        },
        footerHeading = "%nSettings (YAML by --config, or TOCSIN_... in the environment):%n")
public final class Tocsin implements Runnable {
    /** The exit code of a command that could not run. */
    static final int COULD_NOT_RUN = 3;

    private Tocsin() {}

    /** Runs a command and ends with its exit code; without memory it ends at once, as nothing it says would be sure. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError) {
                System.err.println(
                        "Tocsin ends: no memory is left (-Xmx); what is durable is taken up at the next start.");
                Runtime.getRuntime().halt(COULD_NOT_RUN);
            }
            LoggerFactory.getLogger(Tocsin.class).error("thread {} has ended", thread.getName(), failure);
        });
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Tocsin());
        line.setParameterExceptionHandler((wrong, arguments) -> {
            // The reason stands last, where people and programs look for it.
            CommandLine command = wrong.getCommandLine();
            command.getErr()
                    .println("How to use it: java -jar "
                            + command.getCommandSpec().qualifiedName() + " --help");
            command.getErr().println(wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, result) -> {
            PrintWriter error = command.getErr();
            if (failure instanceof Settings.Invalid) {
                error.println("The settings are wrong:");
                error.println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            error.println("Could not run: " + (failure.getMessage() == null ? failure : failure.getMessage()));
            return COULD_NOT_RUN;
        });
        line.getCommandSpec().usageMessage().footer(settings());
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                commandLine(), "Say which command: serve, demo, import, user or verify.");
    }

    private static String[] settings() {
        SettingKey[] keys = SettingKey.values();
        String[] lines = new String[keys.length + 1];
        for (int i = 0; i < keys.length; i++) {
            String otherwise = keys[i].otherwise().isEmpty() ? "" : " [" + keys[i].otherwise() + "]";
            lines[i] = "  " + keys[i].setting() + ": " + keys[i].meaning() + " (" + keys[i].rule() + ")" + otherwise;
        }
        lines[keys.length] = "  links.<id>.channel, links.<id>.provider, links.<id>.…: one account at one provider";
        return lines;
    }
}
