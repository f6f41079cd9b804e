package dev.berth.registry.api;

import dev.berth.registry.http.ArrivingBytes;
import dev.berth.registry.upstream.pull.BlobDownload;
import dev.berth.registry.upstream.pull.SharedPieces;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A blob that a mirror still downloads, as the HTTP engine sends it on. */
record DownloadedBytes(BlobDownload download) implements ArrivingBytes {
    @Override
    public Reading read() {
        return new DownloadReading(download.read());
    }

    private record DownloadReading(BlobDownload.Reading reading) implements Reading {
        @Override
        public Optional<Piece> next(long offset) throws InterruptedException {
            return reading.next(offset).map(DownloadedPiece::new);
        }

        @Override
        public void close() {
            reading.close();
        }
    }

    private record DownloadedPiece(SharedPieces.Piece piece) implements Piece {
        @Override
        public ByteBuffer bytes() {
            return piece.bytes();
        }

        @Override
        public void close() {
            piece.close();
        }
    }
}
