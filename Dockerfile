# syntax=docker/dockerfile:1
FROM python:3.12-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --require-hashes -r requirements.txt

FROM python:3.12-slim-bookworm AS platform
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=asv_platform.settings.production \
    MEDIA_ROOT=/data/media
# The three libraries WeasyPrint loads: the same list as scripts/bootstrap.py.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 asv \
    && install -d -o asv -g asv /data /data/media /app /app/var
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY --chown=asv:asv . .
USER asv
# Static files belong to the image: these values are used by this command and by nothing else.
RUN SECRET_KEY=build ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput --verbosity 0
EXPOSE 8000
VOLUME /data
ENTRYPOINT ["scripts/entrypoint"]
CMD ["web"]
