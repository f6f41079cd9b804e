/** Who may do what: users from an htpasswd file, rules from the configuration, and the decision that both lead to. */
package dev.berth.registry.access;
