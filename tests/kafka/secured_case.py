"""What the tests against a broker with logins and ACLs share: a user for each command, with the rights that `topics acls` says."""

import json

from confluent_kafka.admin import (AclBinding, AclBindingFilter, AclOperation, AclPermissionType, ResourcePatternType,
                                   ResourceType)

from cluster import wait_for
from deployment import ANSWER_S
from kafka_case import KafkaCase
from secured_cluster import ADMIN, SECRET, SecuredCluster

COMMANDS = ["run", "produce", "watch", "report", "evaluate", "explain", "forget", "notify", "topics"]  # and users of these names
ANY_ACL = AclBindingFilter(ResourceType.ANY, None, ResourcePatternType.ANY, None, None, AclOperation.ANY, AclPermissionType.ANY)


class SecuredCase(KafkaCase):
    @classmethod
    def make_cluster(cls, folder):
        return SecuredCluster(folder, COMMANDS)

    def deploy_secured(self, listener="PLAIN", settings=None, **wishes):
        """A deployment whose topics the administrator created, by that listener."""
        self.listener = listener
        self.deployment = self.deploy(settings=self.cluster.login(listener, ADMIN) | (settings or {}), **wishes)
        return self.deployment

    def login(self, command):
        return self.cluster.login(self.listener, command)

    def ask(self, *words, **how):
        """A command, as its user."""
        return self.deployment.command(*words, settings=self.login(words[0]), **how)

    def rights(self, *commands):
        """What the user of each of these commands needs, as ACLs."""
        return [binding(acl) for command in commands for acl in json.loads(self.deployment.command(
            "topics", "acls", "--for", command, "--principal", f"User:{command}", "--format", "json", check=True).stdout)]

    def allow(self, acls):
        """Lets these be all ACLs that there are."""
        admin, wanted = self.deployment.admin, set(acls)

        def known():
            return set(admin.describe_acls(ANY_ACL, request_timeout=ANSWER_S).result())
        found = known()
        for done in admin.create_acls(list(wanted - found), request_timeout=ANSWER_S).values() if wanted - found else ():
            done.result()
        for done in admin.delete_acls([exactly(acl) for acl in found - wanted], request_timeout=ANSWER_S).values() if found - wanted else ():
            done.result()
        wait_for(lambda: known() == wanted, 10, "the broker to know the ACLs")

    def assert_no_secret(self, *texts):
        for text in texts:
            self.assertNotIn(SECRET.split("{")[0], text)


def binding(acl):
    return AclBinding(ResourceType[acl["resourceType"]], acl["resourceName"], ResourcePatternType[acl["patternType"]],
                      acl["principal"], acl["host"], AclOperation[acl["operation"]], AclPermissionType[acl["permissionType"]])


def instead(acl, operation):
    """The same with another operation."""
    return AclBinding(acl.restype, acl.name, acl.resource_pattern_type, acl.principal, acl.host, operation, acl.permission_type)


def exactly(acl):
    return AclBindingFilter(acl.restype, acl.name, acl.resource_pattern_type, acl.principal, acl.host, acl.operation,
                            acl.permission_type)
