#!/usr/bin/env bash
# Makes the certificates of the lessons anew: lessons/data/certificates/ (chain and key by name, roots.pem), the authorities' own keys
# to test/fixtures/authorities/. Runs begin on 1 January 2026, dates are chosen for that. Every byte changes: pin digests afterwards.
# With arguments, NAME DNS-NAME…, it makes one good site more and leaves all others as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
out=lessons/data/certificates
authorities=test/fixtures/authorities
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$authorities"
[ $# -gt 0 ] || rm -f "$out"/*.pem "$authorities"/*.pem

cat > "$work/ca.cnf" <<CNF
[ca]
default_ca = one
[one]
database = $work/index
rand_serial = yes
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
email_in_dn = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[site]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature\${ENV::WITH_KEY}
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = \${ENV::NAMES}
CNF
: > "$work/index"
export NAMES=none WITH_KEY=

key() { # NAME rsa|ecdsa
  if [ "$2" = rsa ]; then openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/$1.key"
  else openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key"; fi
}

certificate() { # NAME SUBJECT SECTION FROM UNTIL ISSUER (own name: signs itself)
  openssl req -new -key "$work/$1.key" -subj "$2" -out "$work/$1.csr"
  local by=(-cert "$work/$6.crt" -keyfile "$work/$6.key")
  [ "$1" = "$6" ] && by=(-selfsign -keyfile "$work/$1.key")
  openssl ca -batch -notext -config "$work/ca.cnf" -extensions "$3" -startdate "$4" -enddate "$5" \
    "${by[@]}" -in "$work/$1.csr" -out "$work/$1.crt" 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
}

authority() { # NAME KEY-TYPE "ROOT SUBJECT" "ISSUING SUBJECT"
  key "$1-root" "$2"
  certificate "$1-root" "$3" root 20200101000000Z 20400101000000Z "$1-root"
  key "$1-issuing" "$2"
  certificate "$1-issuing" "$4" issuing 20240101000000Z 20290101000000Z "$1-root"
  cat "$work/$1-issuing.key" "$work/$1-issuing.crt" > "$authorities/$1-issuing.pem"
  cat "$work/$1-root.key" "$work/$1-root.crt" > "$authorities/$1-root.pem"
}

site() { # NAME KEY-TYPE AUTHORITY FROM UNTIL DNS-NAME…
  local name=$1 type=$2 authority=$3 from=$4 until=$5
  shift 5
  NAMES=$(printf ',DNS:%s' "$@"); NAMES=${NAMES:1}
  # Only a key of RSA can encrypt (RFC 5246 §7.4.7.1).
  WITH_KEY=; [ "$type" = rsa ] && WITH_KEY=', keyEncipherment'
  key "$name.$type" "$type"
  if [ "$authority" = itself ]; then certificate "$name.$type" "/CN=$1" site "$from" "$until" "$name.$type"
  else certificate "$name.$type" "/CN=$1" site "$from" "$until" "$authority-issuing"; fi
  { cat "$work/$name.$type.crt"; [ "$authority" = itself ] || cat "$work/$authority-issuing.crt"; cat "$work/$name.$type.key"; } \
    > "$out/$name.$type.pem"
}

if [ $# -gt 0 ]; then
  for type in rsa ecdsa; do
    openssl pkey -in "$authorities/lesson-$type-issuing.pem" -out "$work/lesson-$type-issuing.key"
    openssl x509 -in "$authorities/lesson-$type-issuing.pem" -out "$work/lesson-$type-issuing.crt"
    site "$1" "$type" "lesson-$type" 20251215000000Z 20260315000000Z "${@:2}"
  done
  exit
fi

# What no client may accept, for tests: issued by a site, and by an authority below one that may have none below it.
refused() {
  NAMES=DNS:www.example.com
  key by-site ecdsa
  certificate by-site /CN=www.example.com site 20251215000000Z 20260315000000Z good.ecdsa
  cat "$work/by-site.crt" "$work/good.ecdsa.crt" "$work/lesson-ecdsa-issuing.crt" > "$authorities/by-site.pem"
  key deeper ecdsa
  certificate deeper /CN=Deeper issuing 20240101000000Z 20290101000000Z lesson-ecdsa-issuing
  key below-deeper ecdsa
  certificate below-deeper /CN=www.example.com site 20251215000000Z 20260315000000Z deeper
  cat "$work/below-deeper.crt" "$work/deeper.crt" "$work/lesson-ecdsa-issuing.crt" > "$authorities/below-deeper.pem"
}

for type in rsa ecdsa; do
  authority "lesson-$type" "$type" "/C=ZZ/O=packet-tutor/CN=Lesson Root ${type^^}" "/C=ZZ/O=packet-tutor/CN=Lesson Issuing CA ${type^^}"
  site good "$type" "lesson-$type" 20251215000000Z 20260315000000Z www.example.com example.com
  site shop "$type" "lesson-$type" 20251215000000Z 20260315000000Z shop.example.com
  site expired "$type" "lesson-$type" 20250901000000Z 20251130000000Z www.example.com example.com
  # The same under a name that gives nothing away: a challenge shows the name before anything has happened.
  cp "$out/expired.$type.pem" "$out/web.$type.pem"
  site wrong-name "$type" "lesson-$type" 20251215000000Z 20260315000000Z mail.example.net
  site self-signed "$type" itself 20251215000000Z 20260315000000Z www.example.com
  authority "attacker-$type" "$type" "/O=Mallory/CN=Mallory Root ${type^^}" "/O=Mallory/CN=Mallory Issuing CA ${type^^}"
  site forged "$type" "attacker-$type" 20251215000000Z 20260315000000Z www.example.com example.com
done
refused
cat "$work/lesson-rsa-root.crt" "$work/lesson-ecdsa-root.crt" > "$out/roots.pem"
cat "$work/attacker-rsa-root.crt" "$work/attacker-ecdsa-root.crt" > "$out/attacker-roots.pem"
ls -l "$out" "$authorities"
