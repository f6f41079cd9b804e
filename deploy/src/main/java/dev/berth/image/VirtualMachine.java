package dev.berth.image;

import java.util.ArrayList;
import java.util.List;

/** How the JVM is run in an image. Why each option is there, and what it gains, is in ADRs 0005 and 0011. */
final class VirtualMachine {
    /** What the ahead-of-time cache must be made and used with alike. */
    static final List<String> LAYOUT = List.of("-XX:+UseSerialGC");

    private static final List<String> OPTIONS = List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            // With a young generation in which short-lived bytes die; in a smaller one they grow old and fill the heap.
            "-Xms32m",
            "-XX:NewSize=12m",
            "-XX:MaxRAMPercentage=50",
            "-XX:+ExitOnOutOfMemoryError",
            // Gives back what the compilers had while the server got warm: a tenth of what an idle one weighs.
            "-XX:TrimNativeHeapInterval=5000",
            // Would write a file to the temporary folder and keep it mapped, for tools that are not in the image.
            "-XX:-UsePerfData",
            // Maps the cache where it was made for, so that its pages stay the file's and are not copied.
            "-XX:ArchiveRelocationMode=0",
            // C2 compiles less at a time and does without its dearest steps: for what these programs do, the code is
            // as fast, and there long before.
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
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.FOLDER + "/bin/java");
        command.add("-XX:AOTCache=" + cache(image));
        command.addAll(LAYOUT);
        command.addAll(OPTIONS);
        command.addAll(image.options());
        command.addAll(List.of("-jar", ImageContent.jar(image)));
        return command;
    }
}
