import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts GitLab's tokens at rest; `owner` binds a value to the row of one user. */
export interface TokenCipher {
  encrypt(token: string, owner: string): string;
  /** Null when the value was made with another key, for another owner, or was changed. */
  decrypt(stored: string, owner: string): string | null;
}

/** AES-256-GCM with a key derived from `secret` (HKDF-SHA-256). A value reads `<key id>.<nonce>.<tag>.<ciphertext>`. */
export function tokenCipher(secret: string): TokenCipher {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "trustdesk gitlab tokens", 32));
  const keyId = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return {
    encrypt(token, owner) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
      const ciphertext = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
      return [keyId, ...[nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url"))].join(".");
    },
    decrypt(stored, owner) {
      const [id, nonce, tag, ciphertext] = stored.split(".");
      if (id !== keyId || !nonce || !tag || !ciphertext) return null;
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), { authTagLength: 16 });
        decipher.setAAD(Buffer.from(owner)).setAuthTag(Buffer.from(tag, "base64url"));
        return Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString(
          "utf8",
        );
      } catch {
        return null;
      }
    },
  };
}

/** How a session's token is stored: SHA-256, hex, so that a leaked table opens nothing. */
export function sessionTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
