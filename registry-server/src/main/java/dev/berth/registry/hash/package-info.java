/** Hashes of bytes that come piece by piece: by OpenSSL's libcrypto where it is installed, by Java elsewhere. */
package dev.berth.registry.hash;
