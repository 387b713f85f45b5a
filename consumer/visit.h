/* What a visitor of children says to each. */
#ifndef CONSUMER_VISIT_H
#define CONSUMER_VISIT_H

enum visit {
    VISIT_GO_ON,
    VISIT_ENOUGH,    /* what was looked for is found, or nobody takes what would be told: no more are visited */
    VISIT_NO_MEMORY, /* the visitor's is short, which ends it all */
};

#endif
