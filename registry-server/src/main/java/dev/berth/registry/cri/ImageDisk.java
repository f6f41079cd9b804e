package dev.berth.registry.cri;

/**
 * A filesystem on which the runtime keeps images (`FilesystemUsage` of CRI).
 *
 * @param mountpoint a folder on it, as the node names it
 * @param usedBytes how much of it images use
 */
public record ImageDisk(String mountpoint, long usedBytes) {
    static ImageDisk read(MessageReader message) throws CriFailure {
        var mountpoint = "";
        var used = 0L;
        while (message.next()) {
            switch (message.field()) {
                case 2 -> mountpoint = firstText(message.message());
                case 3 -> used = firstNumber(message.message());
                default -> {}
            }
        }
        return new ImageDisk(mountpoint, used);
    }

    private static String firstText(MessageReader message) throws CriFailure {
        var text = "";
        while (message.next()) {
            if (message.field() == 1) {
                text = message.text();
            }
        }
        return text;
    }

    private static long firstNumber(MessageReader message) throws CriFailure {
        var number = 0L;
        while (message.next()) {
            if (message.field() == 1) {
                number = message.number();
            }
        }
        return number;
    }
}
