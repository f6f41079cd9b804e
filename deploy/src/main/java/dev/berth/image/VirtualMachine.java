package dev.berth.image;

import java.util.ArrayList;
import java.util.List;

/** The command line of the JVM in an image. ADRs 0005 and 0011 say why each option is there and what it gains. */
final class VirtualMachine {
    /** The options with which the ahead-of-time cache must be made as well as used. */
    static final List<String> LAYOUT = List.of("-XX:+UseSerialGC");

    private static final List<String> OPTIONS = List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            // A young generation in which short-lived bytes die; in a smaller one they get old and fill the heap.
            "-Xms32m",
            "-XX:NewSize=12m",
            "-XX:MaxRAMPercentage=50",
            "-XX:+ExitOnOutOfMemoryError",
            // Returns memory that the compilers used during warm-up: a tenth of what an idle server takes.
            "-XX:TrimNativeHeapInterval=5000",
            // Performance data is a mapped file in the temporary folder, for tools that are not in the image.
            "-XX:-UsePerfData",
            // Maps the cache at its own address, so that its pages stay those of the file and are not copied.
            "-XX:ArchiveRelocationMode=0",
            // C2 compiles less code at a time and skips its most expensive steps: for these programs the code is as
            // fast, and ready much sooner.
            "-XX:MaxInlineLevel=4",
            "-XX:InlineSmallCode=600",
            "-XX:FreqInlineSize=80",
            "-XX:LoopUnrollLimit=4",
            "-XX:-DoEscapeAnalysis",
            "-XX:-UseLoopPredicate",
            "-XX:-UseProfiledLoopPredicate",
            "-XX:-PartialPeelLoop",
            "-XX:-SplitIfBlocks",
            "-XX:-UseSuperWord");

    private VirtualMachine() {}

    static String cache(ImageSpec image) {
        return ImageContent.APPLICATION + "/" + image.name() + ".aot";
    }

    /** The image's entrypoint. */
    static List<String> command(ImageSpec image) {
        var command = new ArrayList<String>();
        command.add(JavaRuntime.FOLDER + "/bin/java");
        command.add("-XX:AOTCache=" + cache(image));
        command.addAll(LAYOUT);
        command.addAll(OPTIONS);
        command.addAll(image.options());
        command.addAll(List.of("-jar", ImageContent.jar(image)));
        return command;
    }
}
