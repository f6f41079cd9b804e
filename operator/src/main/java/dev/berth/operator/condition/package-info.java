/** What conditions are made of, and how kstatus reads them. Knows no custom resource and no cluster. */
@NullMarked
package dev.berth.operator.condition;

import org.jspecify.annotations.NullMarked;
