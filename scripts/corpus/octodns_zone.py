"""Reads zones with octoDNS's YamlProvider. Each line of standard input asks for one, each line of output answers."""

import json
import logging
import sys

from octodns.provider.yaml import YamlProvider
from octodns.zone import Zone

logging.disable(logging.CRITICAL)


def lines_of(directory, zone_name, extension, strict):
    provider = YamlProvider('corpus', directory, enforce_order=strict, split_extension=extension, escaped_semicolons=True)
    zone = Zone(zone_name, [])
    provider.populate(zone, lenient=not strict)
    for record in zone.records:
        data = record.data
        values = data.get('values', [data.get('value')])
        for value in values:
            yield f'{record.fqdn} {record.ttl} IN {record._type} {json.dumps(value, sort_keys=True, default=str)}'


for request in sys.stdin:
    try:
        print(json.dumps(sorted(lines_of(**json.loads(request)))), flush=True)
    # Whatever it is, octoDNS does not load the zone.
    except Exception:
        print('null', flush=True)
