package dev.berth.registry.reference;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes an `IOException` for people. Java's own messages are often only the name of the file. */
public final class FileProblem {
    private FileProblem() {}

    /** A clause such as `/srv/data/lock: permission denied`. */
    public static String of(IOException problem) {
        return switch (problem) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case FileAlreadyExistsException there -> there.getFile() + " is there already, and is not a folder";
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case FileSystemException other
            when other.getReason() != null -> other.getFile() + ": " + lowerCase(other.getReason());
            default -> String.valueOf(problem.getMessage());
        };
    }

    private static String lowerCase(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
